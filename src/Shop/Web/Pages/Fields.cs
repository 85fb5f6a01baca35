using Shop.Web.Forms;
using Shop.Web.Markup;
using Shop.Web.Visits;

namespace Shop.Web.Pages;

/// <summary>The parts of forms.</summary>
internal static class Fields
{
    public static Html Token(Visit visit) => Html.Of($"""<input type="hidden" name="{FormToken.Field}" value="{visit.FormToken}">""");

    public static Html Hidden(string name, string value) => Html.Of($"""<input type="hidden" name="{name}" value="{value}">""");

    public static Html Line(string name, string label, string type, string autocomplete, string value) => Html.Of($"""
        <label class="field"><span>{label}</span>
        <input name="{name}" type="{type}" autocomplete="{autocomplete}" value="{value}" required maxlength="200"></label>
        """);

    /// <summary>What stands against a form, above its fields.</summary>
    public static Html Faults(IReadOnlyList<string> faults) => faults.Count == 0
        ? Html.Nothing
        : Html.Of($"""<div class="note bad" role="alert">{Html.Each(faults, fault => Html.Of($"<p>{fault}</p>"))}</div>""");
}
