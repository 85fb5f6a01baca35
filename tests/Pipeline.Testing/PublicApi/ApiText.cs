using System.Reflection;
using System.Text;

namespace Pipeline.Testing.PublicApi;

/// <summary>Writes the public surface of an assembly as C# declarations, sorted.</summary>
internal static class ApiText
{
    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var space in assembly.GetExportedTypes().GroupBy(type => type.Namespace).OrderBy(space => space.Key, StringComparer.Ordinal))
        {
            text.Append("namespace ").Append(space.Key).Append('\n');
            foreach (var type in space.OrderBy(type => type.FullName, StringComparer.Ordinal))
                Append(text, type);
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, Type type)
    {
        text.Append(Heading(type)).Append('\n');
        foreach (var member in ApiMembers.Of(type))
            text.Append("    ").Append(member).Append('\n');
    }

    private static string Heading(Type type)
    {
        var parents = string.Join(", ", Parents(type).Select(ApiNames.Of));
        return $"{Kind(type)} {ApiNames.Of(type)}{(parents.Length > 0 ? $" : {parents}" : "")}{ApiNames.Constraints(type.GetGenericArguments())}{Usage(type)}";
    }

    private static string Kind(Type type) => type switch
    {
        { IsInterface: true } => "interface",
        { IsEnum: true } => "enum",
        _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
        { IsValueType: true } => ApiMembers.IsRecord(type) ? "record struct" : "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        _ => $"{(type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(ApiMembers.IsRecord(type) ? "record" : "class")}",
    };

    private static IEnumerable<Type> Parents(Type type)
    {
        if (type.IsEnum || type.IsSubclassOf(typeof(Delegate)))
            return [];
        var contracts = type.GetInterfaces().Where(IsTelling).Where(contract => type.BaseType?.IsAssignableTo(contract) != true)
            .OrderBy(contract => contract.Name, StringComparer.Ordinal);
        return type.IsValueType || type.BaseType is null || type.BaseType == typeof(object) ? contracts : contracts.Prepend(type.BaseType);
    }

    // Records and collections bring a dozen of the runtime's own, which say nothing about what a type is for.
    private static bool IsTelling(Type contract) => contract == typeof(IDisposable) || contract == typeof(IAsyncDisposable)
        || contract.Namespace?.StartsWith("System", StringComparison.Ordinal) == false;

    private static string Usage(Type type) => type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false) is { } usage
        ? $" [AttributeUsage({usage.ValidOn}, AllowMultiple = {usage.AllowMultiple}, Inherited = {usage.Inherited})]"
        : "";
}
