using Pipeline.Delivery.Environments;
using Pipeline.Delivery.Ports;
using Pipeline.Delivery.Traffic;
using Pipeline.Testing;
using Pipeline.Verification.Checks;

namespace Pipeline.Verification.Tests.Checks;

public sealed class CheckSuiteTests
{
    [Fact]
    public async Task Checks_run_in_the_order_of_their_declaration_and_share_only_named_sessions()
    {
        await using var shop = await TinyShop.StartAsync();

        var report = await new ShopSuite().RunAsync(Environments.Staging(shop.Address), null, TestContext.Current.CancellationToken);

        Assert.All(report.Checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        Assert.Equal(
            ["page loads", "login", "still logged in", "somebody else is not", "search", "products", "wrong password refused", "checkout"],
            report.Checks.Select(check => check.Name));
        Assert.Equal($"POST {shop.Address}api/login: 401 Unauthorized", report.Checks[6].Detail);
    }

    [Fact]
    public async Task A_check_that_changes_data_is_left_out_in_production()
    {
        await using var shop = await TinyShop.StartAsync();

        var report = await new ShopSuite().RunAsync(Environments.Production(shop.Address), null, TestContext.Current.CancellationToken);

        Assert.True(report.Passed);
        Assert.Equal("left out: it changes data, which production does not allow", report.Checks[^1].Detail);
    }

    [Fact]
    public async Task The_private_route_reaches_the_side_it_names()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the private route is a Unix domain socket");
        using var folder = new TemporaryDirectory();
        await using var edge = await TinyShop.StartAsync(folder.Combine("private.sock"));
        var route = new PrivateRoute(folder.Combine("private.sock"), "Pipeline-Side", Colour.Green);
        var suite = new OneCheck(async session => (await session.GetAsync("/")).ExpectText("on green."));

        Assert.True((await suite.RunAsync(Environments.Staging(new Uri("https://shop.example")), route, TestContext.Current.CancellationToken)).Passed);
    }

    [Fact]
    public async Task A_private_route_that_is_not_there_fails_the_check()
    {
        Needs.That(!OperatingSystem.IsWindows(), "the private route is a Unix domain socket");
        var route = new PrivateRoute("/nowhere/private.sock", "Pipeline-Side", Colour.Green);
        var suite = new OneCheck(session => session.GetAsync("/"));

        var result = Assert.Single((await suite.RunAsync(Environments.Staging(new Uri("http://shop.example")), route, TestContext.Current.CancellationToken)).Checks);

        Assert.StartsWith("GET http://shop.example/: expected an answer, got none: ", result.Detail, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<CheckSession, Task>> Failures => new()
    {
        { "GET {0}broken: expected status 200, got 500 Internal Server Error; body: it broke", async session => (await session.GetAsync("/broken")).ExpectStatus(200) },
        { "GET {0}broken: expected a body with 'fine', got 500 Internal Server Error without it; body: it broke", async session => (await session.GetAsync("/broken")).ExpectText("fine") },
        { "GET {0}broken: expected header X-A: b, got no such header; body: it broke", async session => (await session.GetAsync("/broken")).ExpectHeader("X-A", "b") },
        { "GET {0}api/products: expected JSON items[0].price to be 1, got 5900; body: {{\"items\":[{{\"name\":\"Opera glasses\",\"price\":5900}}]}}", async session => (await session.GetAsync("/api/products")).ExpectJson("items[0].price", 1) },
        { "GET {0}api/products: expected JSON items[1] to be 1, got nothing there; body: {{\"items\":[{{\"name\":\"Opera glasses\",\"price\":5900}}]}}", async session => (await session.GetAsync("/api/products")).ExpectJson("items[1]", 1) },
        { "GET {0}loop: expected at most 10 redirects, got another to {0}loop; body: (empty)", session => session.GetAsync("/loop") },
        { "GET {0}away: expected to stay at {1}, got a redirect to http://example.org/; body: (empty)", session => session.GetAsync("/away") },
        { "GET {0}api/products: expected a form with q, got a page without forms; body: {{\"items\":[{{\"name\":\"Opera glasses\",\"price\":5900}}]}}", async session => await session.SubmitAsync(await session.GetAsync("/api/products"), new Dictionary<string, string> { ["q"] = "" }) },
        { "GET {0}login: expected a form with pin, got forms with q; with token, user, password, remember, news, go, language; body: ", async session => await session.SubmitAsync(await session.GetAsync("/login"), new Dictionary<string, string> { ["pin"] = "" }) },
        { "POST {0}api/login: expected status 200, got 401 Unauthorized; body: {{\"error\":\"wrong password ***\"}}", async session => (await session.PostJsonAsync("/api/login", new { password = "s3cret-1" })).ExpectStatus(200) },
        { "the check threw FormatException: no *** here; last request: GET {0}: 200 OK", async session => { await session.GetAsync("/"); throw new FormatException($"no {TinyShop.Password} here"); } },
        { "the check made no request, so it has proven nothing", _ => Task.CompletedTask },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_failure_says_what_was_asked_what_was_expected_and_what_came(string message, Func<CheckSession, Task> check)
    {
        await using var shop = await TinyShop.StartAsync();

        var result = await RunOneAsync(shop, check);

        Assert.False(result.Passed);
        Assert.StartsWith(string.Format(null, message, shop.Address, shop.Address.Authority), result.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", result.Detail, StringComparison.Ordinal);
    }

    public static TheoryData<string, Func<CheckSession, Task>> Endless => new()
    {
        { "not done within 1 s; last request: GET {0}stall, not answered yet", session => session.GetAsync("/stall") },
        { "not done within 1 s; last request: ", async session => { await session.GetAsync("/"); await Task.Delay(Timeout.Infinite, CancellationToken.None); } },
    };

    [Theory]
    [MemberData(nameof(Endless), DisableDiscoveryEnumeration = true)]
    public async Task A_check_that_does_not_end_fails_whether_or_not_it_heeds_its_cancellation(string message, Func<CheckSession, Task> check)
    {
        await using var shop = await TinyShop.StartAsync();

        var report = await new OneSecond(check).RunAsync(Environments.Staging(shop.Address), null, TestContext.Current.CancellationToken);

        Assert.False(report.Passed);
        Assert.StartsWith(string.Format(null, message, shop.Address), report.Checks[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_that_the_page_shows_again_is_masked_however_it_is_written()
    {
        await using var shop = await TinyShop.StartAsync();

        var result = await RunOneAsync(shop, async session =>
        {
            var fields = new Dictionary<string, string> { ["user"] = "ada", ["password"] = "<s3cret> & \"more\"" };
            (await session.SubmitAsync(await session.GetAsync("/login"), fields)).ExpectStatus(200);
        });

        Assert.Equal($"POST {shop.Address}login: expected status 200, got 401 Unauthorized; body: wrong password: ***", result.Detail);
    }

    [Fact]
    public async Task Nobody_there_fails_every_check_and_throws_nothing()
    {
        var address = new Uri($"http://127.0.0.1:{LoopbackPort.Free()}");

        var report = await new ShopSuite().RunAsync(Environments.Staging(address), null, TestContext.Current.CancellationToken);

        Assert.All(report.Checks, check => Assert.False(check.Passed));
        Assert.Equal($"GET {address}: expected an answer, got none: connection refused", report.Checks[0].Detail);
    }

    [Fact]
    public async Task Checks_that_the_time_of_the_suite_does_not_reach_fail()
    {
        await using var shop = await TinyShop.StartAsync();
        var suite = new StallingSuite { Timeout = TimeSpan.FromMilliseconds(300) };

        var report = await suite.RunAsync(Environments.Staging(shop.Address), null, TestContext.Current.CancellationToken);

        Assert.Equal($"stopped because the time of the whole suite was over; last request: GET {shop.Address}stall, not answered yet", report.Checks[0].Detail);
        Assert.Equal("did not run: the 0.3 s of the whole suite were over; make the checks before it faster or the time longer", report.Checks[1].Detail);
        Assert.False(report.Passed);
    }

    [Fact]
    public async Task A_suite_that_leaves_everything_out_does_not_pass()
    {
        await using var shop = await TinyShop.StartAsync();

        var report = await new ChangingSuite().RunAsync(Environments.Production(shop.Address), null, TestContext.Current.CancellationToken);

        Assert.False(report.Passed);
        Assert.Equal("every check of ChangingSuite changes data, so none ran in production; add one that only reads", report.Checks[^1].Detail);
    }

    [Fact]
    public async Task A_suite_that_is_cancelled_ends()
    {
        await using var shop = await TinyShop.StartAsync();
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new StallingSuite().RunAsync(Environments.Staging(shop.Address), null, cancel.Token));
    }

    [Fact]
    public void Every_wrong_declaration_is_named()
    {
        var fault = Assert.Throws<InvalidOperationException>(() => new WrongSuite());

        Assert.Equal(
            """
            WrongSuite.NoSession: a check is public async Task NoSession(CheckSession session)
            WrongSuite.Synchronous: a check is public async Task Synchronous(CheckSession session)
            WrongSuite.Endless: TimeoutSeconds is 0; it must be 1 to 600
            WrongSuite: the name 'twice' stands on NoSession and Synchronous; give each check a name of its own
            """.ReplaceLineEndings("\n"),
            fault.Message);
        Assert.Equal("EmptySuite: there is no check; mark methods with [Check(\"what is checked\")]", Assert.Throws<InvalidOperationException>(() => new EmptySuite()).Message);
    }

    private static async Task<CheckResult> RunOneAsync(WebServer shop, Func<CheckSession, Task> check) => Assert.Single(
        (await new OneCheck(check).RunAsync(Environments.Staging(shop.Address), null, TestContext.Current.CancellationToken)).Checks);

    private sealed class OneCheck(Func<CheckSession, Task> check) : CheckSuite(TimeProvider.System, TinyShop.Password)
    {
        [Check("one")]
        public Task One(CheckSession session) => check(session);
    }

    private sealed class OneSecond(Func<CheckSession, Task> check) : CheckSuite(TimeProvider.System)
    {
        [Check("one", TimeoutSeconds = 1)]
        public Task One(CheckSession session) => check(session);
    }

    private sealed class StallingSuite() : CheckSuite(TimeProvider.System)
    {
        [Check("stalls")]
        public Task<CheckAnswer> Stalls(CheckSession session) => session.GetAsync("/stall");

        [Check("is not reached")]
        public Task<CheckAnswer> NotReached(CheckSession session) => session.GetAsync("/");
    }

    private sealed class ChangingSuite() : CheckSuite(TimeProvider.System)
    {
        [Check("changes", ChangesData = true)]
        public Task<CheckAnswer> Changes(CheckSession session) => session.GetAsync("/");
    }

    private sealed class WrongSuite() : CheckSuite(TimeProvider.System)
    {
        [Check("twice")]
        public Task NoSession() => Task.CompletedTask;

        [Check("twice")]
        public void Synchronous(CheckSession session) => session.KeepSecret("");

        [Check("endless", TimeoutSeconds = 0)]
        public Task<CheckAnswer> Endless(CheckSession session) => session.GetAsync("/");
    }

    private sealed class EmptySuite() : CheckSuite(TimeProvider.System);
}
