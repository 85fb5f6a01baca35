using System.Text.Json.Serialization;
using Shop.Configuration;
using Shop.Hosting;

namespace Shop.Api;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(LoginRequest))]
[JsonSerializable(typeof(LoginAnswer))]
[JsonSerializable(typeof(ProductsAnswer))]
[JsonSerializable(typeof(CheckoutBody))]
[JsonSerializable(typeof(OrderAnswer))]
[JsonSerializable(typeof(OrdersAnswer))]
[JsonSerializable(typeof(ApiProblemBody))]
[JsonSerializable(typeof(BuildIdentity))]
[JsonSerializable(typeof(ReadinessReport))]
internal sealed partial class ApiJson : JsonSerializerContext;
