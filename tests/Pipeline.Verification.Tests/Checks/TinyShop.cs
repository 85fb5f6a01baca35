using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Pipeline.Verification.Tests.Checks;

/// <summary>A site with a login that wants its token back, redirects, cookies and JSON.</summary>
internal static class TinyShop
{
    public const string Password = "correct horse & \"battery\"";
    private const string Token = "a-token-against-forgery";

    public static Task<WebServer> StartAsync(string? socket = null) => WebServer.StartAsync(Map, socket);

    private static void Map(WebApplication site)
    {
        site.MapGet("/", (HttpContext context) => Page($"Hello {context.Request.Cookies["user"] ?? "stranger"} on {context.Request.Headers["Pipeline-Side"]}."));
        site.MapGet("/login", () => Page($"""
            <form action="/search"><input name="q"></form>
            <form method="post" action="/login"><input type="hidden" name="token" value="{Token}"><input name="user"><input type="password" name="password">
            <input type="checkbox" name="remember" value="yes" checked><input type="checkbox" name="news" value="yes"><input type="submit" name="go" value="Go">
            <select name="language"><option value="de">de<option value="en" selected>en</select></form>
            """));
        site.MapPost("/login", (HttpContext context, IFormCollection form) => LogIn(context, form)).DisableAntiforgery();
        site.MapGet("/search", (string q) => Page($"Found: {q}"));
        site.MapGet("/api/products", () => Results.Json(new { items = new[] { new { name = "Opera glasses", price = 5900 } } }));
        site.MapPost("/api/login", (JsonElement login) => login.GetProperty("password").GetString() == Password
            ? Results.Json(new { token = "bearer-s3cret" })
            : Results.Json(new { error = $"wrong password {login.GetProperty("password").GetString()}" }, statusCode: 401));
        site.MapGet("/loop", () => Results.Redirect("/loop"));
        site.MapGet("/away", () => Results.Redirect("http://example.org/"));
        site.MapGet("/broken", () => Results.Text("it broke", statusCode: 500));
        site.MapGet("/stall", (CancellationToken cancellation) => Task.Delay(Timeout.Infinite, cancellation));
    }

    private static IResult LogIn(HttpContext context, IFormCollection form)
    {
        if (form["token"] != Token || form["remember"] != "yes" || form["language"] != "en" || form.ContainsKey("news") || form.ContainsKey("go"))
            return Results.Text("not what a browser sends", statusCode: 400);
        if (form["password"] != Password)
            return Results.Text($"wrong password: {form["password"]}", "text/html", statusCode: 401);
        context.Response.Cookies.Append("user", form["user"]!);
        return Results.Redirect("/", permanent: false);
    }

    private static IResult Page(string body) => Results.Text($"<!doctype html><title>Tiny</title><body>{body}", "text/html");
}
