using Cake.Frosting;
using Pipeline.Testing.PublicApi;

namespace Pipeline.Frosting.Tests;

/// <summary>PublicApi.txt is written as Cake.Frosting's own reference documentation writes its types and members, to be read beside it.</summary>
public sealed class ThePublicApi
{
    [Fact]
    public void The_public_types_and_members_are_those_of_Cake_Frosting() => PublicSurface.MustBeTheAgreedOne(typeof(CakeHost).Assembly);
}
