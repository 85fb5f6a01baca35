using Build.Rehearsing;
using Pipeline.Targets;

namespace Build.Tests.Rehearsing;

public sealed class InputsOfARehearsal
{
    [Fact]
    public void Several_have_commas_between_them_and_a_comma_within_one_has_a_backslash_before_it() => Assert.Equal(
        new Dictionary<string, string> { ["environment"] = "staging", ["reason"] = @"slow, and a\b = c", ["empty"] = "" },
        EnteredInputs.Parse(@"environment=staging,reason=slow\, and a\b = c, empty="));

    [Fact]
    public void Nothing_is_entered_by_nothing() => Assert.Empty(EnteredInputs.Parse(""));

    [Theory]
    [InlineData("reason=slow, and late", " and late")]
    [InlineData("=x", "=x")]
    public void What_is_no_input_is_named_with_the_way_to_write_it(string text, string part) => Assert.Equal(
        $@"--inputs: '{part}' is no input; write name=value, several with commas between them, and \, for a comma within a value",
        Assert.Throws<MisuseException>(() => EnteredInputs.Parse(text)).Message);
}
