using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Pipeline.Testing.PublicApi;

/// <summary>The members of a type that others see, without those that the compiler writes into every record.</summary>
internal static class ApiMembers
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Of(Type type)
    {
        if (type.IsEnum)
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        IEnumerable<IEnumerable<string>> all = type.IsSubclassOf(typeof(Delegate))
            ? [[Describe(type.GetMethod("Invoke")!)]]
            : [Constructors(type), Fields(type), Properties(type), Events(type), Methods(type)];
        return all.SelectMany(members => members).Order(StringComparer.Ordinal);
    }

    public static bool IsRecord(Type type) => type.GetMethod("PrintMembers", Declared)?.IsDefined(typeof(CompilerGeneratedAttribute)) == true;

    private static IEnumerable<string> Constructors(Type type) => type.GetConstructors(Declared).Where(IsVisible)
        .Where(constructor => !constructor.IsDefined(typeof(CompilerGeneratedAttribute)))
        .Select(constructor => $"{type.Name.Split('`')[0]}({Parameters(constructor)})");

    private static IEnumerable<string> Fields(Type type) => type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily)
        .Select(field => $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : "")}{ApiNames.Of(field.FieldType)} {field.Name}");

    private static IEnumerable<string> Properties(Type type) => type.GetProperties(Declared)
        .Where(property => property.Name != "EqualityContract" && property.GetAccessors(nonPublic: true).Any(IsVisible))
        .Select(property =>
        {
            var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
            var accessor = property.GetAccessors(nonPublic: true).First(IsVisible);
            return $"{Modifier(accessor)}{required}{ApiNames.Of(property)} {property.Name} {{ {string.Join(' ', Accessors(property))} }}";
        });

    private static IEnumerable<string> Accessors(PropertyInfo property)
    {
        if (property.GetMethod is { } getter && IsVisible(getter))
            yield return "get;";
        if (property.SetMethod is { } setter && IsVisible(setter))
            yield return setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init;" : "set;";
    }

    private static IEnumerable<string> Events(Type type) => type.GetEvents(Declared).Where(changed => IsVisible(changed.AddMethod!))
        .Select(changed => $"event {ApiNames.Of(changed.EventHandlerType!)} {changed.Name}");

    private static IEnumerable<string> Methods(Type type) => type.GetMethods(Declared)
        .Where(method => IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)))
        .Where(method => !method.IsDefined(typeof(CompilerGeneratedAttribute)) && !method.Name.Contains('<', StringComparison.Ordinal)).Select(Describe);

    private static string Describe(MethodInfo method) =>
        $"{Modifier(method)}{ApiNames.Of(method.ReturnParameter)} {method.Name}{Generics(method)}({Parameters(method)}){ApiNames.Constraints(method.GetGenericArguments())}";

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Modifier(MethodInfo method) => method.DeclaringType!.IsInterface ? ""
        : method.IsStatic ? "static " : method.IsAbstract ? "abstract "
        : method.GetBaseDefinition().DeclaringType != method.DeclaringType ? "override " : method is { IsVirtual: true, IsFinal: false } ? "virtual " : "";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{ApiNames.Of(parameter)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "default"}" : "")}"));
}
