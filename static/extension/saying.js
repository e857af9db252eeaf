// The words of a page: every element with `data-say` gets its sentence, as text.
import { language, say } from "./rules.js";

document.documentElement.lang = language();
document.title = say("name");
for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
