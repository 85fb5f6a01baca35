using Shop.Web.Markup;
using Shop.Web.Visits;

namespace Shop.Web.Pages;

/// <summary>Open an account.</summary>
internal static class RegisterPage
{
    public static Html View(Visit visit, string email, string next, IReadOnlyList<string> faults) => Layout.View(visit, "Open an account", Html.Of($"""
        <section class="wide slim"><h1>Open an account</h1>
        {Fields.Faults(faults)}
        <form method="post" action="/register" class="form">{Fields.Token(visit)}{Fields.Hidden("return", next)}
          {Fields.Line("email", "E-mail", "email", "username", email)}
          {Fields.Line("password", "Password, 10 characters or more", "password", "new-password", "")}
          <button id="register">Open the account</button>
        </form>
        <p class="aside">Have one already? <a href="/login?return={Uri.EscapeDataString(next)}">Log in</a>.</p>
        </section>
        """));
}
