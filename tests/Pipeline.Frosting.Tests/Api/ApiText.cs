using System.Reflection;
using System.Text;

namespace Pipeline.Frosting.Tests.Api;

/// <summary>Writes the public surface of an assembly as C# declarations, sorted.</summary>
internal static class ApiText
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Heading(type)).Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
                text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static string Heading(Type type)
    {
        var kind = type.IsInterface ? "interface" : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class" : "class";
        var parents = new[] { type.BaseType }.Where(parent => parent is not null && parent != typeof(object)).Concat(type.GetInterfaces().Where(own => IsOwn(type, own)))
            .Select(parent => Name(parent!));
        var list = string.Join(", ", parents);
        return $"{kind} {Name(type)}{(list.Length > 0 ? $" : {list}" : "")}{Constraints(type.GetGenericArguments())}{Usage(type)}";
    }

    private static bool IsOwn(Type type, Type contract) =>
        contract.Assembly == type.Assembly && (type.BaseType is null || !contract.IsAssignableFrom(type.BaseType));

    private static string Usage(Type type) => type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false) is { } usage
        ? $" [AttributeUsage({usage.ValidOn}, AllowMultiple = {usage.AllowMultiple}, Inherited = {usage.Inherited})]"
        : "";

    private static IEnumerable<string> Members(Type type)
    {
        foreach (var constructor in type.GetConstructors(Declared).Where(Visible))
            yield return $"{type.Name.Split('`')[0]}({Parameters(constructor)})";
        foreach (var property in type.GetProperties(Declared).Where(property => property.GetMethod is { } getter && Visible(getter)))
            yield return $"{Name(property.PropertyType)} {property.Name} {{ get; }}";
        foreach (var method in type.GetMethods(Declared).Where(method => Visible(method) && !method.IsSpecialName))
            yield return $"{Modifier(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)}){Constraints(method.GetGenericArguments())}";
    }

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Modifier(MethodInfo method) => method.DeclaringType!.IsInterface ? ""
        : method.IsStatic ? "static " : method.IsAbstract ? "abstract " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Constraints(Type[] arguments) => string.Concat(arguments.Where(argument => argument.IsGenericParameter).Select(Constraint));

    private static string Constraint(Type argument)
    {
        var flags = argument.GenericParameterAttributes;
        List<string> parts = [];
        if (flags.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint))
            parts.Add("class");
        parts.AddRange(argument.GetGenericParameterConstraints().Select(Name));
        if (flags.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint))
            parts.Add("new()");
        return parts.Count > 0 ? $" where {argument.Name} : {string.Join(", ", parts)}" : "";
    }

    private static string Name(Type type)
    {
        if (type.IsGenericType)
            return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
        return type.Name switch
        {
            "Void" => "void",
            "String" => "string",
            "Int32" => "int",
            "Boolean" => "bool",
            var name => name,
        };
    }
}
