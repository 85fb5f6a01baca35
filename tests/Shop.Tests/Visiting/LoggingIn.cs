using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Shop.Tests.Parts;

namespace Shop.Tests.Visiting;

public sealed class LoggingIn(Stage stage)
{
    [Fact]
    public async Task A_wrong_password_and_an_unknown_address_get_the_same_answer()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var wrong = await visitor.LogInAsync(visitor.Email, "not the password");
        using var unknown = await visitor.LogInAsync("nobody@example.com", "not the password");
        using var malformed = await visitor.LogInAsync("nobody", "");
        var answers = await Task.WhenAll(((HttpResponseMessage[])[wrong, unknown, malformed]).Select(response => response.Content.ReadAsStringAsync()));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, malformed.StatusCode);
        Assert.Single(answers.Distinct());
        Assert.False(wrong.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task The_page_refuses_a_wrong_password_too()
    {
        var scene = await stage.SharedAsync();
        using var visitor = new Visitor(scene.Shop.Address);
        using var response = await visitor.PostAsync("/login", ("email", ShopForTests.SmokeUser), ("password", "not the password"), ("return", "/"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("E-mail or password is wrong.", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_address_is_the_same_in_capitals()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var response = await visitor.LogInAsync(visitor.Email.ToUpperInvariant(), Visitor.Password);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Ten_failures_close_the_login_for_that_address_only()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            using var wrong = await LogInFromAsync(visitor, "203.0.113.7", "not the password");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }
        using var closed = await LogInFromAsync(visitor, "203.0.113.7", Visitor.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, closed.StatusCode);
        Assert.InRange(closed.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        using var elsewhere = await LogInFromAsync(visitor, "203.0.113.8", Visitor.Password);
        Assert.Equal(HttpStatusCode.OK, elsewhere.StatusCode);
    }

    [Fact]
    public async Task A_session_begun_at_one_instance_is_known_to_another()
    {
        await using var scene = await stage.OpenAsync();
        await using var second = await ShopForTests.StartReadyAsync(scene.Variables);
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var login = await visitor.LogInAsync(visitor.Email, Visitor.Password);
        await visitor.AddAsync("first-night-mug", 3);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/cart");
        request.Headers.Add("Cookie", visitor.Cookies.GetCookieHeader(scene.Shop.Address));
        using var response = await second.SendAsync(request);
        Assert.Contains("<b id=\"cart-count\">3</b>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_the_api_serves_where_there_is_no_cookie_jar()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var login = await visitor.LogInAsync(visitor.Email, Visitor.Password);
        var token = (await login.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("token").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await scene.Shop.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_login_ends_the_session_before_it_and_keeps_the_cart()
    {
        var scene = await stage.SharedAsync();
        using var known = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var visitor = new Visitor(scene.Shop.Address);
        await visitor.AddAsync("first-night-mug", 2);
        var before = visitor.Cookies.GetCookies(scene.Shop.Address)["shop_session"]!.Value;
        using var login = await visitor.LogInAsync(known.Email, Visitor.Password);
        Assert.NotEqual(before, visitor.Cookies.GetCookies(scene.Shop.Address)["shop_session"]!.Value);
        Assert.Contains("<b id=\"cart-count\">2</b>", await visitor.PageAsync("/cart"), StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/cart");
        request.Headers.Add("Cookie", $"shop_session={before}");
        using var response = await scene.Shop.SendAsync(request);
        Assert.Contains("<b id=\"cart-count\">0</b>", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logging_out_ends_the_session_for_whoever_has_its_token()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        var token = visitor.Cookies.GetCookies(scene.Shop.Address)["shop_session"]!.Value;
        using var logout = await visitor.PostAsync("/logout");
        Assert.Equal(HttpStatusCode.SeeOther, logout.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/orders");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await scene.Shop.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_second_account_for_an_address_and_a_weak_password_are_refused()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var again = await visitor.PostAsync("/register", ("email", visitor.Email), ("password", Visitor.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, again.StatusCode);
        using var weak = await visitor.PostAsync("/register", ("email", "no address"), ("password", "weak"));
        var page = await weak.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Please give an e-mail address such as ada@example.com.", page, StringComparison.Ordinal);
        Assert.Contains("Please choose a password of 10 to 200 characters.", page, StringComparison.Ordinal);
    }

    private static async Task<HttpResponseMessage> LogInFromAsync(Visitor visitor, string address, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login")
        {
            Content = JsonContent.Create(new { email = visitor.Email, password }),
        };
        request.Headers.Add("X-Forwarded-For", address);
        return await visitor.SendAsync(request);
    }
}
