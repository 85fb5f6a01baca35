using Shop.Configuration;
using Shop.Web.Markup;
using Shop.Web.Visits;

namespace Shop.Web.Pages;

/// <summary>What all pages share.</summary>
internal static class Layout
{
    public static Html View(Visit visit, string title, Html content) => Document(
        title,
        Html.Of($"""
            {Ribbon(visit.Environment)}
            <header class="top"><div class="wide">
              <a class="brand" href="/">{Mark}<span>Harbour &amp; Pine</span></a>
              <nav aria-label="Main">
                <a href="/">Shop</a>
                {Account(visit)}
                <a class="cart" href="/cart">Cart <b id="cart-count">{visit.Cart.Pieces}</b></a>
              </nav>
            </div></header>
            """),
        content);

    /// <summary>For pages that must not ask the database who is looking.</summary>
    public static Html Bare(string title, Html content) => Document(
        title,
        Html.Of($"""
            <header class="top"><div class="wide">
              <a class="brand" href="/">{Mark}<span>Harbour &amp; Pine</span></a>
              <nav aria-label="Main"><a href="/">Shop</a></nav>
            </div></header>
            """),
        content);

    private static Html Mark => Html.Of(
        $"""<svg viewBox="0 0 32 32" width="30" height="30" aria-hidden="true"><circle cx="16" cy="16" r="16" fill="#1f3d36"/><path d="M16 5l6 8h-3l5 7h-7v6h-2v-6H8l5-7h-3z" fill="#f6efe2"/></svg>""");

    private static Html Document(string title, Html header, Html content) => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} · Harbour &amp; Pine</title>
        <link rel="icon" href="/favicon.ico" type="image/svg+xml">
        <link rel="stylesheet" href="{Stylesheet.Address}">
        </head>
        <body>
        <a class="skip" href="#content">Skip to the content</a>
        {header}
        <main id="content">
        {content}
        </main>
        <footer><div class="wide">
          <p><b>Harbour &amp; Pine</b><br>Coffee, tea and what you brew them with. Roasted and packed by the water since 2011.</p>
          <p>Free delivery in Europe.<br>Thirty days to change your mind.</p>
        </div></footer>
        </body>
        </html>

        """);

    private static Html Ribbon(ShopEnvironment environment) => environment switch
    {
        ShopEnvironment.Production => Html.Nothing,
        ShopEnvironment.Staging => Html.Of($"""<p class="ribbon">Staging: a rehearsal. Nothing is sold here, no card is charged.</p>"""),
        _ => Html.Of($"""<p class="ribbon">Development</p>"""),
    };

    private static Html Account(Visit visit) => visit.Account is null
        ? Html.Of($"""<a href="/login">Log in</a>""")
        : Html.Of($"""
            <a href="/orders">Your orders</a>
            <form method="post" action="/logout">{Fields.Token(visit)}<button class="link" title="Logged in as {visit.Account.Email}">Log out</button></form>
            """);
}
