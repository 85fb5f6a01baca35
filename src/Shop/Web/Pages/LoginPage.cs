using Shop.Web.Markup;
using Shop.Web.Visits;

namespace Shop.Web.Pages;

/// <summary>Log in.</summary>
internal static class LoginPage
{
    public static Html View(Visit visit, string email, string next, IReadOnlyList<string> faults) => Layout.View(visit, "Log in", Html.Of($"""
        <section class="wide slim"><h1>Welcome back</h1>
        {Fields.Faults(faults)}
        <form method="post" action="/login" class="form">{Fields.Token(visit)}{Fields.Hidden("return", next)}
          {Fields.Line("email", "E-mail", "email", "username", email)}
          {Fields.Line("password", "Password", "password", "current-password", "")}
          <button id="log-in">Log in</button>
        </form>
        <p class="aside">New here? <a href="/register?return={Uri.EscapeDataString(next)}">Open an account</a>; it takes a minute.</p>
        </section>
        """));
}
