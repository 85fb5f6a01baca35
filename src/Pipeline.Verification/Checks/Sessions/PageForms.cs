using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Pipeline.Verification.Checks.Sessions;

/// <summary>
/// Fills in a form of a page as a browser would (HTML, "constructing the entry list"): hidden fields, such as tokens against forgery, come
/// along.
/// </summary>
internal static class PageForms
{
    /// <exception cref="CheckFailedException">No form of the page has all the fields.</exception>
    public static FilledForm Fill(CheckAnswer page, IReadOnlyDictionary<string, string> fields)
    {
        using var document = new HtmlParser().ParseDocument(page.Body);
        var forms = document.Forms.ToArray();
        var form = Array.Find(forms, candidate => fields.Keys.All(Names(candidate).Contains));
        if (form is null)
            throw page.Failure($"a form with {(fields.Count == 0 ? "any field" : string.Join(", ", fields.Keys))}", Found(forms));
        var entries = form.Elements.SelectMany(Entries).Where(entry => !fields.ContainsKey(entry.Key)).Concat(fields).ToList();
        var action = form.GetAttribute("action") is { Length: > 0 } target ? new Uri(page.Url, target) : page.Url;
        var isPost = string.Equals(form.Method, "post", StringComparison.OrdinalIgnoreCase);
        return new FilledForm(action, isPost ? HttpMethod.Post : HttpMethod.Get, entries);
    }

    private static HashSet<string> Names(IHtmlFormElement form) =>
        [.. form.Elements.Select(element => element.GetAttribute("name")).OfType<string>()];

    private static IEnumerable<KeyValuePair<string, string>> Entries(IHtmlElement element)
    {
        var name = element.GetAttribute("name");
        if (string.IsNullOrEmpty(name) || element.HasAttribute("disabled"))
            return [];
        return element switch
        {
            IHtmlInputElement { Type: "submit" or "button" or "reset" or "image" or "file" } => [],
            IHtmlInputElement { Type: "checkbox" or "radio", IsChecked: false } => [],
            IHtmlInputElement input => [new(name, input.Value)],
            IHtmlTextAreaElement area => [new(name, area.Value)],
            IHtmlSelectElement select => select.Options.Where(option => option.IsSelected).Select(option => new KeyValuePair<string, string>(name, option.Value)),
            _ => [],
        };
    }

    private static string Found(IHtmlFormElement[] forms) => forms.Length == 0
        ? "a page without forms"
        : $"forms with {string.Join("; with ", forms.Select(form => string.Join(", ", Names(form))))}";
}

/// <summary>What a form sends.</summary>
internal sealed record FilledForm(Uri Action, HttpMethod Method, IReadOnlyList<KeyValuePair<string, string>> Entries);
