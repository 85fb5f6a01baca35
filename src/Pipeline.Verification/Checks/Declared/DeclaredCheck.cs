using System.Reflection;

namespace Pipeline.Verification.Checks.Declared;

/// <summary>A check as its suite declares it.</summary>
internal sealed record DeclaredCheck(CheckAttribute Attribute, MethodInfo Method)
{
    /// <summary>Exceptions of the method come out as they are.</summary>
    public Task Invoke(CheckSuite suite, CheckSession session) => Method.CreateDelegate<Func<CheckSession, Task>>(suite)(session);
}
