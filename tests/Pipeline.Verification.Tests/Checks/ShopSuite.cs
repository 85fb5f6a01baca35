using Pipeline.Verification.Checks;

namespace Pipeline.Verification.Tests.Checks;

internal class PageSuite(params string[] secrets) : CheckSuite(TimeProvider.System, secrets)
{
    [Check("page loads")]
    public async Task Page(CheckSession session) => (await session.GetAsync("/")).ExpectStatus(200).ExpectText("Hello stranger").ExpectHeader("Content-Type", "text/html");
}

internal sealed class ShopSuite() : PageSuite(TinyShop.Password)
{
    [Check("login", Session = "ada")]
    public async Task Login(CheckSession session)
    {
        var page = await session.GetAsync("/login");
        var home = await session.SubmitAsync(page, new Dictionary<string, string> { ["user"] = "ada", ["password"] = TinyShop.Password });
        home.ExpectStatus(200).ExpectPath("/").ExpectText("Hello ada");
    }

    [Check("still logged in", Session = "ada")]
    public async Task StillLoggedIn(CheckSession session) => (await session.GetAsync("/")).ExpectText("Hello ada").ExpectNoText("stranger");

    [Check("somebody else is not")]
    public async Task SomebodyElse(CheckSession session) => (await session.GetAsync("/")).ExpectText("Hello stranger");

    [Check("search")]
    public async Task Search(CheckSession session)
    {
        var found = await session.SubmitAsync(await session.GetAsync("/login"), new Dictionary<string, string> { ["q"] = "a & b" });
        found.ExpectText("Found: a & b");
    }

    [Check("products")]
    public async Task Products(CheckSession session) => (await session.GetAsync("/api/products"))
        .ExpectJson("items[0].name", "Opera glasses")
        .ExpectJson("items[0]", new { price = 5900, name = "Opera glasses" })
        .ExpectJson("items", "at least one product", items => items.GetArrayLength() > 0);

    [Check("wrong password refused")]
    public async Task WrongPassword(CheckSession session) => (await session.PostJsonAsync("/api/login", new { password = "wrong" })).ExpectStatus(401);

    [Check("checkout", ChangesData = true)]
    public async Task Checkout(CheckSession session) => (await session.PostJsonAsync("/api/login", new { password = TinyShop.Password })).ExpectStatus(200);
}
