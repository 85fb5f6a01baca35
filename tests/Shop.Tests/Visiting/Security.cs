using System.Net;
using System.Net.Http.Json;
using Shop.Tests.Parts;

namespace Shop.Tests.Visiting;

public sealed class Security(Stage stage)
{
    private const string Hostile = "<script>alert(\"1\")</script> & 'co'";

    [Fact]
    public async Task Hostile_names_are_shown_as_they_were_written()
    {
        await using var scene = await stage.OpenAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        var product = await scene.StockAsync(5, name: Hostile);
        await visitor.AddAsync(product);
        using var bought = await visitor.PostAsync(
            "/checkout", ("key", Guid.NewGuid().ToString("N")), ("name", Hostile), ("street", Hostile), ("postcode", Hostile), ("city", "\"><img src=x>"));
        Assert.Equal(HttpStatusCode.SeeOther, bought.StatusCode);
        foreach (var path in (string[])["/", $"/products/{product}", "/orders", bought.Headers.Location!.OriginalString])
        {
            var page = await visitor.PageAsync(path);
            Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img src=x", page, StringComparison.OrdinalIgnoreCase);
            Assert.Contains(Hostile, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_typed_into_a_refused_form_comes_back_encoded()
    {
        var scene = await stage.SharedAsync();
        using var visitor = new Visitor(scene.Shop.Address);
        using var response = await visitor.PostAsync("/login", ("email", "\"><script>"), ("password", "x"), ("return", "/\"><script>"));
        Assert.DoesNotContain("<script", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example/")]
    [InlineData("javascript:alert(1)")]
    public async Task The_login_leads_to_no_other_site(string elsewhere)
    {
        var scene = await stage.SharedAsync();
        using var known = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var visitor = new Visitor(scene.Shop.Address);
        using var response = await visitor.PostAsync("/login", ("email", known.Email), ("password", Visitor.Password), ("return", elsewhere));
        Assert.Equal("/", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_form_without_the_token_of_the_visitors_own_session_changes_nothing()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        foreach (var token in (string[])["", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "é"])
        {
            using var response = await visitor.PostBareAsync("/cart/add", ("product", "first-night-mug"), ("quantity", "1"), ("_form", token));
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }
        Assert.Contains("<b id=\"cart-count\">0</b>", await visitor.PageAsync("/cart"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task A_request_that_another_site_makes_is_refused(string header, string value)
    {
        var scene = await stage.SharedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login")
        {
            Content = JsonContent.Create(new { email = ShopForTests.SmokeUser, password = ShopForTests.SmokePassword }),
        };
        request.Headers.Add(header, value);
        using var response = await scene.Shop.SendAsync(request);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task A_request_from_the_public_address_is_taken()
    {
        var scene = await stage.SharedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login")
        {
            Content = JsonContent.Create(new { email = ShopForTests.SmokeUser, password = ShopForTests.SmokePassword }),
        };
        request.Headers.Add("Origin", "http://shop.example");
        request.Headers.Add("Sec-Fetch-Site", "same-origin");
        using var response = await scene.Shop.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task A_customer_cannot_see_the_order_of_another()
    {
        var scene = await stage.SharedAsync();
        using var owner = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var other = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var bought = await owner.CheckOutAsync(await scene.StockAsync(1));
        using var seen = await other.GetAsync(bought.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.NotFound, seen.StatusCode);
    }

    [Fact]
    public async Task Cookies_are_out_of_reach_of_scripts_and_other_sites_and_secure_behind_https()
    {
        await using var scene = await stage.OpenAsync(("SHOP_PUBLIC_URL", "https://shop.example"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login")
        {
            Content = JsonContent.Create(new { email = ShopForTests.SmokeUser, password = ShopForTests.SmokePassword }),
        };
        using var response = await scene.Shop.SendAsync(request);
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.EndsWith("; max-age=1209600; path=/; secure; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.Equal("max-age=31536000", Assert.Single(response.Headers.GetValues("Strict-Transport-Security")));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/products")]
    [InlineData("/no/such/page")]
    [InlineData("/assets/shop.css")]
    public async Task Every_answer_carries_the_headers_that_protect_it(string path)
    {
        var scene = await stage.SharedAsync();
        using var response = await scene.Shop.GetAsync(path);
        Assert.Equal(
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            Assert.Single(response.Headers.GetValues("Content-Security-Policy")));
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/health")]
    [InlineData("/pictures/first-night-mug.svg")]
    public async Task Whatever_can_be_read_can_be_asked_for_its_head(string path)
    {
        var scene = await stage.SharedAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using var response = await scene.Shop.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_missing_page_is_a_page_and_a_missing_call_a_problem_document()
    {
        var scene = await stage.SharedAsync();
        using var page = await scene.Shop.GetAsync("/no/such/page");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("Not on these shelves", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var call = await scene.Shop.GetAsync("/api/no/such/call");
        Assert.Equal(HttpStatusCode.NotFound, call.StatusCode);
        Assert.Equal("application/problem+json", call.Content.Headers.ContentType!.MediaType);
    }
}
