using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using Shop.Accounts;
using Shop.Api;
using Shop.Carts;
using Shop.Catalogue;
using Shop.Configuration;
using Shop.Database;
using Shop.Hosting.Background;
using Shop.Hosting.Requests;
using Shop.Mail;
using Shop.Metrics;
using Shop.Orders;
using Shop.Payments;
using Shop.Web.Endpoints;
using Shop.Web.Forms;
using Shop.Web.Visits;

namespace Shop.Hosting;

/// <summary>Puts the shop together. Nothing here reads the environment: the settings say everything.</summary>
internal static class ShopApplication
{
    private const long LargestRequest = 64 * 1024;
    private static readonly TimeSpan HeadersWithin = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(25);

    public static WebApplication Build(ShopSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = settings.Environment.ToString(),
        });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, settings));
        builder.Logging.AddSimpleConsole(Format).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopWithin);
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        AddShop(builder.Services, settings);
        var application = builder.Build();
        Answer(application, settings);
        return application;
    }

    private static void Listen(KestrelServerOptions kestrel, ShopSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestRequest;
        kestrel.Limits.RequestHeadersTimeout = HeadersWithin;
        kestrel.Listen(settings.Listen);
    }

    private static void Format(SimpleConsoleFormatterOptions line)
    {
        line.SingleLine = true;
        line.UseUtcTimestamp = true;
        line.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
        line.ColorBehavior = LoggerColorBehavior.Disabled;
    }

    private static void AddShop(IServiceCollection services, ShopSettings settings)
    {
        services.AddSingleton(settings).AddSingleton(TimeProvider.System).AddSingleton<ShopMetrics>().AddSingleton<Patience>();
        services.AddSingleton(_ => NpgsqlDataSource.Create(settings.ConnectionString)).AddSingleton<ShopDatabase>();
        services.AddSingleton(provider => new MigrationCheck(
            provider.GetRequiredService<ShopDatabase>(), Path.Combine(AppContext.BaseDirectory, "migrations")));
        services.AddSingleton<AccountStore>().AddSingleton<LoginThrottle>().AddSingleton<SessionStore>().AddSingleton<LoginDesk>();
        services.AddSingleton<ProductStore>().AddSingleton<CartStore>();
        services.AddSingleton<OrderReader>().AddSingleton<OrderOpening>().AddSingleton<OrderSettlement>().AddSingleton<CheckoutDesk>();
        services.AddSingleton(_ => new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(2),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        }));
        services.AddSingleton<PaymentGateway>().AddSingleton<OrderMail>().AddSingleton<Outbox>().AddSingleton<SmtpSender>();
        services.AddSingleton<Readiness>().AddSingleton<SessionCookie>().AddSingleton<FormToken>().AddSingleton<VisitReader>();
        services.AddHostedService<Housekeeping>().AddHostedService<OverduePayments>().AddHostedService<OutboxSender>();
        services.AddHostedService<SmokeAccount>().AddHostedService<Drain>();
    }

    private static void Answer(WebApplication application, ShopSettings settings)
    {
        application.UseMiddleware<RequestMetrics>();
        application.UseForwardedHeaders(Forwarding.From(settings.TrustedProxies));
        application.UseMiddleware<ResponseHeaders>();
        application.UseMiddleware<FriendlyErrors>();
        application.UseRouting();
        application.UseMiddleware<SameOrigin>();
        application.UseMiddleware<WholeBody>();
        application.MapOperations();
        application.MapAssets();
        application.MapApi();
        application.MapPages();
    }
}
