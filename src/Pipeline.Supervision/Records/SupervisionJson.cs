using System.Text.Json.Serialization;

namespace Pipeline.Supervision.Records;

/// <summary>The files' JSON; generated code, since a supervisor should start fast and stay small.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProcessSpecification))]
[JsonSerializable(typeof(StateRecord))]
[JsonSerializable(typeof(ReplaceRequest))]
[JsonSerializable(typeof(Identity.ProcessIdentity))]
internal sealed partial class SupervisionJson : JsonSerializerContext;
