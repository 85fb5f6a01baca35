using Microsoft.Playwright;
using Pipeline.Testing;
using Shop.Tests.Parts;

namespace Shop.Tests.Visiting;

public sealed class InChromium(Stage stage)
{
    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    [Fact]
    public async Task A_customer_logs_in_buys_and_sees_the_order()
    {
        var chromium = Needs.Program("chromium");
        var scene = await stage.SharedAsync();
        using var customer = await Visitor.RegisteredAsync(scene.Shop.Address);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = Arguments });
        var page = await browser.NewPageAsync(new() { BaseURL = scene.Shop.Address.ToString(), ViewportSize = new() { Width = 1280, Height = 860 } });
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add(message.Text);

        await page.GotoAsync("/");
        await ShowAsync(page, "home");
        await page.ClickAsync("#house-lights-kettle h2 a");
        await ShowAsync(page, "product");
        await page.ClickAsync("text=Add to cart");
        await page.GotoAsync("/");
        await page.ClickAsync("#green-room-sencha button");
        Assert.Equal("2", await page.TextContentAsync("#cart-count"));
        Assert.Equal("€87.50", await page.TextContentAsync("#cart-total"));
        await ShowAsync(page, "cart");

        await page.ClickAsync("#to-checkout");
        await page.FillAsync("input[name=email]", customer.Email);
        await page.FillAsync("input[name=password]", "not the password");
        await page.ClickAsync("#log-in");
        Assert.Equal("E-mail or password is wrong.", await page.TextContentAsync(".note"));
        await ShowAsync(page, "login");
        await page.FillAsync("input[name=password]", Visitor.Password);
        await page.ClickAsync("#log-in");

        await page.FillAsync("input[name=name]", "Ada Lovelace");
        await page.FillAsync("input[name=street]", "12 St James’s Square");
        await page.FillAsync("input[name=postcode]", "SW1Y 4JH");
        await page.FillAsync("input[name=city]", "London");
        await ShowAsync(page, "checkout");
        await page.ClickAsync("#buy");
        Assert.Contains("Thank you!", await page.TextContentAsync(".note"), StringComparison.Ordinal);
        var number = await page.TextContentAsync("#order-number");
        await ShowAsync(page, "order");

        await page.ClickAsync("text=Your orders >> nth=0");
        Assert.Contains(number!, await page.TextContentAsync(".orders tbody"), StringComparison.Ordinal);
        Assert.Contains("1 × Green Room Sencha, 1 × House Lights Kettle", await page.TextContentAsync(".orders tbody"), StringComparison.Ordinal);
        await ShowAsync(page, "orders");
        await page.SetViewportSizeAsync(390, 844);
        await page.GotoAsync("/");
        await ShowAsync(page, "phone");
        Assert.False(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"), "the page is wider than a phone");

        await Eventually.HoldsAsync(async () => (await scene.Sandbox.MailsToAsync(customer.Email)).Count == 1, "the mail is in the catcher");
        var mail = Assert.Single(await scene.Sandbox.MailsToAsync(customer.Email));
        Assert.Equal($"Your order {number} at Harbour & Pine", mail.GetProperty("subject").GetString());
        // The refused login is the one thing a browser complains about: its status is 401.
        Assert.Single(complaints);
    }

    /// <summary>Takes pictures for people who change the pages: set SHOP_PICTURES to a folder.</summary>
    private static async Task ShowAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("SHOP_PICTURES") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}.png") });
    }
}
