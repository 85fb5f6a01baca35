using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Shop.Accounts;
using Shop.Catalogue;
using Shop.Hosting;
using Shop.Orders;
using Shop.Web.Visits;

namespace Shop.Api;

/// <summary>The shop for programs.</summary>
internal static class ApiEndpoints
{
    private const string TryAgain = "30";

    public static void MapApi(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/auth/login", LogInAsync);
        routes.MapPost("/api/auth/logout", LogOutAsync);
        routes.MapRead("/api/products", ProductsAsync);
        routes.MapPost("/api/checkout", CheckOutAsync);
        routes.MapRead("/api/orders", OrdersAsync);
    }

    private static async Task<IResult> LogInAsync(HttpContext context, SessionCookie cookie, LoginDesk desk)
    {
        var login = await ReadAsync(context, ApiJson.Default.LoginRequest);
        var before = await cookie.ReadAsync(context);
        switch (await desk.LogInAsync(login.Email ?? "", login.Password ?? "", ClientAddress.Of(context), before, context.RequestAborted))
        {
            case LoginOutcome.In entered:
                cookie.Write(context, entered.Session);
                return TypedResults.Json(new LoginAnswer(entered.Session.Token, entered.Session.Account!.Email), ApiJson.Default.LoginAnswer);
            case LoginOutcome.Closed closed:
                context.Response.Headers.RetryAfter = closed.Rest.TotalSeconds.ToString(CultureInfo.InvariantCulture);
                return ApiProblem.Of(StatusCodes.Status429TooManyRequests, ["Too many attempts; try again when Retry-After has passed."]);
            default:
                return ApiProblem.Of(StatusCodes.Status401Unauthorized, ["E-mail or password is wrong."]);
        }
    }

    private static async Task<IResult> LogOutAsync(HttpContext context, SessionCookie cookie, LoginDesk desk)
    {
        if (await cookie.ReadAsync(context) is { } session)
            await desk.LogOutAsync(session, context.RequestAborted);
        cookie.Clear(context);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> ProductsAsync(HttpContext context, ProductStore products) =>
        TypedResults.Json(
            new ProductsAnswer([.. (await products.AllAsync(context.RequestAborted)).Select(ProductAnswer.Of)]), ApiJson.Default.ProductsAnswer);

    private static async Task<IResult> OrdersAsync(HttpContext context, SessionCookie cookie, OrderReader orders)
    {
        if ((await cookie.ReadAsync(context))?.Account is not { } customer)
            return LoginNeeded();
        var found = await orders.OfAsync(customer.Id, context.RequestAborted);
        return TypedResults.Json(new OrdersAnswer([.. found.Select(OrderAnswer.Of)]), ApiJson.Default.OrdersAnswer);
    }

    private static async Task<IResult> CheckOutAsync(HttpContext context, SessionCookie cookie, CheckoutDesk desk)
    {
        if ((await cookie.ReadAsync(context))?.Account is not { } customer)
            return LoginNeeded();
        var body = await ReadAsync(context, ApiJson.Default.CheckoutBody);
        var faults = new List<string>();
        var purchase = CheckoutReader.Read(customer, context.Request.Headers["Idempotency-Key"].ToString(), body, faults);
        if (faults.Count > 0)
            return ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, faults);
        return Answer(context, await desk.BuyAsync(purchase, context.RequestAborted));
    }

    private static IResult Answer(HttpContext context, CheckoutOutcome outcome)
    {
        if (outcome is CheckoutOutcome.PaymentUnavailable or CheckoutOutcome.PaymentUnconfirmed)
            context.Response.Headers.RetryAfter = TryAgain;
        if (outcome is CheckoutOutcome.Bought placed)
            context.Response.Headers.Location = $"/orders/{placed.Order.Number}";
        return outcome switch
        {
            CheckoutOutcome.Bought bought => TypedResults.Json(
                OrderAnswer.Of(bought.Order), ApiJson.Default.OrderAnswer, statusCode: StatusCodes.Status201Created),
            CheckoutOutcome.PaymentRefused => ApiProblem.Of(StatusCodes.Status402PaymentRequired, ["The payment was refused; nothing was charged."]),
            CheckoutOutcome.OutOfStock shortage => ApiProblem.Of(StatusCodes.Status409Conflict, shortage.Shortages),
            CheckoutOutcome.Invalid invalid => ApiProblem.Of(StatusCodes.Status422UnprocessableEntity, invalid.Faults),
            CheckoutOutcome.PaymentUnconfirmed open => ApiProblem.Of(
                StatusCodes.Status503ServiceUnavailable,
                [$"The payment of order {open.Order.Number} is not confirmed yet. Ask again with the same Idempotency-Key; it is charged once at most."]),
            _ => ApiProblem.Of(StatusCodes.Status503ServiceUnavailable, ["The payment gateway is not reachable; nothing was charged."]),
        };
    }

    private static IResult LoginNeeded() =>
        ApiProblem.Of(StatusCodes.Status401Unauthorized, ["Log in first: POST /api/auth/login, then send its cookie or token."]);

    private static async Task<T> ReadAsync<T>(HttpContext context, JsonTypeInfo<T> type)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException("Send JSON: Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return await context.Request.ReadFromJsonAsync(type, context.RequestAborted)
                ?? throw new BadHttpRequestException("The body is null; send an object.", StatusCodes.Status422UnprocessableEntity);
        }
        catch (JsonException malformed)
        {
            throw new BadHttpRequestException(
                $"The body cannot be read at {malformed.Path ?? "its beginning"}; send the JSON that the documentation shows.",
                StatusCodes.Status422UnprocessableEntity, malformed);
        }
    }
}
