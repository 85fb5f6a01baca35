namespace Cake.Frosting.Composition;

/// <summary>A setting that the program made with <see cref="CakeHostExtensions.UseCakeSetting"/>.</summary>
internal sealed record CakeSetting(string Key, string Value);
