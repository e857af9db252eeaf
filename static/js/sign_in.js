// Only in the demo: one press fills in an account.
for (const button of document.querySelectorAll("[data-email]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    document.getElementById("id_username").value = button.dataset.email;
    document.getElementById("id_password").value = button.dataset.password;
    document.querySelector(".door form [type='submit']").focus();
  });
}
