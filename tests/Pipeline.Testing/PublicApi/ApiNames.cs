using System.Reflection;

namespace Pipeline.Testing.PublicApi;

/// <summary>The names of types as C# writes them.</summary>
internal static class ApiNames
{
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Of(PropertyInfo property) => Of(Nullability.Create(property));

    public static string Of(ParameterInfo parameter) => (parameter.IsOut ? "out " : parameter.ParameterType.IsByRef ? "ref " : "") + Of(Nullability.Create(parameter));

    public static string Of(Type type)
    {
        if (type.IsByRef)
            return Of(type.GetElementType()!);
        if (type.IsArray)
            return $"{Of(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } value)
            return $"{Of(value)}?";
        var outer = type.IsNested && !type.IsGenericParameter ? $"{Of(type.DeclaringType!)}." : "";
        return type.IsGenericType
            ? $"{outer}{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>"
            : outer + Word(type);
    }

    public static string Constraints(Type[] arguments) => string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(Constraint));

    private static string Of(NullabilityInfo info)
    {
        var type = info.Type.IsByRef ? info.Type.GetElementType()! : info.Type;
        var name = info.ElementType is { } element && type.IsArray ? $"{Of(element)}[]"
            : info.GenericTypeArguments.Length > 0 && type is { IsNested: false } && Nullable.GetUnderlyingType(type) is null
                ? $"{type.Name.Split('`')[0]}<{string.Join(", ", info.GenericTypeArguments.Select(Of))}>"
                : Of(type);
        return type is { IsValueType: false, IsGenericParameter: false } && info.ReadState == NullabilityState.Nullable ? $"{name}?" : name;
    }

    private static string Constraint(Type argument)
    {
        var flags = argument.GenericParameterAttributes;
        List<string> parts = [];
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            parts.Add("class");
        parts.AddRange(argument.GetGenericParameterConstraints().Select(Of));
        if (flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            parts.Add("new()");
        return parts.Count > 0 ? $" where {argument.Name} : {string.Join(", ", parts)}" : "";
    }

    private static string Word(Type type) => type.IsEnum ? type.Name : Type.GetTypeCode(type) switch
    {
        TypeCode.String => "string",
        TypeCode.Boolean => "bool",
        TypeCode.Int32 => "int",
        TypeCode.Int64 => "long",
        TypeCode.Double => "double",
        _ when type == typeof(void) => "void",
        _ when type == typeof(object) => "object",
        _ => type.Name,
    };
}
