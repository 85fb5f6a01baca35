using Cake.Core;

namespace Cake.Frosting;

/// <summary>The context of a run: what a program's own context implements, most simply by deriving from <see cref="FrostingContext"/>.</summary>
public interface IFrostingContext : ICakeContext;
