using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Pipeline.Testing;
using Shop.Tests.Parts;

namespace Shop.Tests.Buying;

public sealed class CheckingOut(Stage stage)
{
    private const int AmountThatTheSandboxDeclines = 40201;

    [Fact]
    public async Task An_order_is_charged_shown_and_confirmed_by_mail()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        var product = await scene.StockAsync(5, priceCents: 1250, name: "Crème brûlée torch");
        using var response = await visitor.CheckOutAsync(product, 2);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var order = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        var number = order.GetProperty("number").GetInt64();
        Assert.Equal($"/orders/{number}", response.Headers.Location!.OriginalString);
        Assert.Equal("paid", order.GetProperty("status").GetString());

        var charge = Assert.Single(await scene.ChargesOfAsync(number));
        Assert.Equal(2500, charge.GetProperty("amount").GetInt32());
        Assert.Equal(3, await scene.StockOfAsync(product));
        Assert.Contains("Crème brûlée torch", await DecodedPageAsync(visitor, $"/orders/{number}"), StringComparison.Ordinal);

        await Eventually.HoldsAsync(async () => (await scene.Sandbox.MailsToAsync(visitor.Email)).Count == 1, "the mail is in the catcher");
        var mail = await scene.Sandbox.MailAsync((await scene.Sandbox.MailsToAsync(visitor.Email))[0].GetProperty("id").GetInt32());
        Assert.Equal($"Your order {number} at Harbour & Pine", mail.GetProperty("subject").GetString());
        var text = mail.GetProperty("text").GetString();
        Assert.Contains("2 x Crème brûlée torch: €25.00", text, StringComparison.Ordinal);
        Assert.Contains($"http://shop.example/orders/{number}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_key_is_the_same_order_and_is_charged_once()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        var product = await scene.StockAsync(100);
        var key = Guid.NewGuid().ToString();
        var responses = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => visitor.CheckOutAsync(product, 1, key)));
        Assert.All(responses, response => Assert.Equal(HttpStatusCode.Created, response.StatusCode));
        var order = Assert.Single(await visitor.OrdersAsync());
        Assert.Single(await scene.ChargesOfAsync(order.GetProperty("number").GetInt64()));
        Assert.Equal(99, await scene.StockOfAsync(product));
        Array.ForEach(responses, response => response.Dispose());
    }

    [Fact]
    public async Task A_button_pressed_twice_buys_once()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        await visitor.AddAsync(await scene.StockAsync(10));
        var key = Guid.NewGuid().ToString("N");
        var responses = await Task.WhenAll(visitor.PressBuyAsync(key), visitor.PressBuyAsync(key));
        var order = Assert.Single(await visitor.OrdersAsync());
        Assert.All(responses, response => Assert.Equal($"/orders/{order.GetProperty("number")}?placed=1", response.Headers.Location!.OriginalString));
        Assert.Single(await scene.ChargesOfAsync(order.GetProperty("number").GetInt64()));
        Array.ForEach(responses, response => response.Dispose());
    }

    [Fact]
    public async Task A_refused_payment_leaves_stock_and_cart_as_they_were()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        var product = await scene.StockAsync(1, AmountThatTheSandboxDeclines);
        using var byApi = await visitor.CheckOutAsync(product);
        Assert.Equal(HttpStatusCode.PaymentRequired, byApi.StatusCode);
        await visitor.AddAsync(product);
        using var byPage = await visitor.PressBuyAsync(Guid.NewGuid().ToString("N"));
        Assert.Equal(HttpStatusCode.PaymentRequired, byPage.StatusCode);
        var page = await byPage.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("The payment was refused.", page, StringComparison.Ordinal);
        Assert.Contains("<b id=\"cart-count\">1</b>", page, StringComparison.Ordinal);
        Assert.Equal(1, await scene.StockOfAsync(product));
    }

    [Fact]
    public async Task Too_little_stock_is_a_conflict_that_says_how_much_there_is()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var response = await visitor.CheckOutAsync(await scene.StockAsync(2, name: "Rare thing"), 3);
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Equal("Only 2 of Rare thing are left; you asked for 3.", await DetailAsync(response));
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_a_checkout_is_said_at_once()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/checkout")
        {
            Content = JsonContent.Create(new
            {
                items = new object?[] { null, new { productId = "a", quantity = 100 }, new { productId = "b", quantity = 1 }, new { productId = "b", quantity = 1 } },
                delivery = new { name = "Ada", street = " ", postcode = "1" },
            }),
        };
        request.Headers.Add("Idempotency-Key", "short");
        using var response = await visitor.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(
            "Idempotency-Key has 5 characters; give 8 to 100, a UUID for instance, or none. Please fill in the delivery street. "
            + "Please fill in the delivery city. items[0].productId is missing. items[1].quantity is 100; give 1 to 99. "
            + "items[3].productId \"b\" stands there already; give the sum once.",
            await DetailAsync(response));
    }

    [Fact]
    public async Task An_unknown_product_and_an_empty_cart_cannot_be_bought()
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var unknown = await visitor.CheckOutAsync("no-such-thing");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, unknown.StatusCode);
        Assert.Equal("There is no product \"no-such-thing\".", await DetailAsync(unknown));
        using var empty = await visitor.PressBuyAsync(Guid.NewGuid().ToString("N"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
    }

    [Theory]
    [InlineData("{", "The body cannot be read at $; send the JSON that the documentation shows.")]
    [InlineData("null", "The body is null; send an object.")]
    [InlineData("""{"items":3}""", "The body cannot be read at $.items; send the JSON that the documentation shows.")]
    public async Task A_body_that_is_no_checkout_is_refused(string body, string detail)
    {
        var scene = await stage.SharedAsync();
        using var visitor = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/checkout") { Content = new StringContent(body, null, "application/json") };
        using var response = await visitor.SendAsync(request);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Equal(detail, await DetailAsync(response));
    }

    [Fact]
    public async Task Nobody_buys_without_logging_in()
    {
        var scene = await stage.SharedAsync();
        using var stranger = new Visitor(scene.Shop.Address);
        using var byApi = await stranger.CheckOutAsync("first-night-mug");
        Assert.Equal(HttpStatusCode.Unauthorized, byApi.StatusCode);
        using var byPage = await stranger.GetAsync("/checkout");
        Assert.Equal("/login?return=/checkout", byPage.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task Many_buyers_at_two_instances_never_buy_more_than_there_is()
    {
        await using var scene = await stage.OpenAsync();
        await using var second = await ShopForTests.StartReadyAsync(scene.Variables);
        var product = await scene.StockAsync(7);
        var visitors = await Task.WhenAll(Enumerable.Range(0, 12).Select(index =>
            Visitor.RegisteredAsync(index % 2 == 0 ? scene.Shop.Address : second.Address)));
        var responses = await Task.WhenAll(visitors.Select(visitor => visitor.CheckOutAsync(product)));
        Assert.Equal(7, responses.Count(response => response.StatusCode == HttpStatusCode.Created));
        Assert.Equal(5, responses.Count(response => response.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(0, await scene.StockOfAsync(product));
        await Eventually.HoldsAsync(async () => await scene.AskAsync<long>("SELECT count(*) FROM outbox WHERE sent_at IS NULL") == 0, "all mail is sent");
        foreach (var (visitor, response) in visitors.Zip(responses))
            Assert.Equal(response.StatusCode == HttpStatusCode.Created ? 1 : 0, (await scene.Sandbox.MailsToAsync(visitor.Email)).Count);
        Array.ForEach(responses, response => response.Dispose());
        Array.ForEach(visitors, visitor => visitor.Dispose());
    }

    private static async Task<string> DetailAsync(HttpResponseMessage response) =>
        (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("detail").GetString()!;

    private static async Task<string> DecodedPageAsync(Visitor visitor, string path) => WebUtility.HtmlDecode(await visitor.PageAsync(path));
}
