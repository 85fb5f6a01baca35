using Cake.Core;

namespace Cake.Frosting;

/// <summary>The standard context, and the base of a program's own.</summary>
public class FrostingContext : CakeContextAdapter, IFrostingContext
{
    /// <summary>Makes a context out of Cake's own.</summary>
    /// <param name="context">Cake's context.</param>
    public FrostingContext(ICakeContext context)
        : base(context)
    {
    }
}
