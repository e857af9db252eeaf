// Door after door without the mouse: Ctrl and Enter saves and goes on, Alt and Page Up goes back.
const form = document.querySelector("[data-door]");
const buttonOf = (way) => form.querySelector(`button[name=then][value=${way}]`);
form.addEventListener("keydown", (event) => {
  let way = "";
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) way = "next";
  if (event.key === "PageUp" && event.altKey) way = "previous";
  if (event.key === "PageDown" && event.altKey) way = "next";
  const button = way && buttonOf(way);
  if (!button) return;
  event.preventDefault();
  form.requestSubmit(button);
});
// What is still to be written comes first.
if (!document.querySelector("[data-errors]")) {
  const fields = form.querySelectorAll("input[type=text], textarea");
  (Array.from(fields).find((field) => !field.value) ?? fields[0]).focus();
}
