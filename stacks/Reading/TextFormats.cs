using System.Text.RegularExpressions;
using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>The rules of <see cref="TextFormat"/>, for the reader and for the JSON Schema alike.</summary>
internal static class TextFormats
{
    private const string Label = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";

    /// <summary>The regular expression that a text must match; empty when every text is right.</summary>
    public static string Pattern(TextFormat format) => format switch
    {
        TextFormat.Name => "^[a-z](?:[a-z0-9-]{0,29}[a-z0-9])?$",
        TextFormat.EnvironmentName => $@"^[a-z](?:[a-z0-9-]*[a-z0-9])?(?:\.{Label})*$",
        TextFormat.InterfaceName => "^[a-zA-Z][a-zA-Z0-9._-]{0,14}$",
        TextFormat.UrlPath => @"^/[!-~]*$",
        TextFormat.ExactVersion => @"^[1-9][0-9]*\.[0-9]+\.[0-9]+$",
        TextFormat.KubernetesLabel => "^[A-Za-z0-9][A-Za-z0-9./_-]*=[A-Za-z0-9._-]*$",
        TextFormat.KubernetesTaint => "^[A-Za-z0-9][A-Za-z0-9./_-]*(?:=[A-Za-z0-9._-]*)?:(?:NoSchedule|PreferNoSchedule|NoExecute)$",
        TextFormat.Variable => "^[A-Za-z_][A-Za-z0-9_]*$",
        _ => "",
    };

    /// <summary>The rule in words.</summary>
    public static string Rule(TextFormat format) => format switch
    {
        TextFormat.Name => "lower-case letters, digits and hyphens, beginning with a letter, at most 31 characters",
        TextFormat.EnvironmentName => "names (lower-case letters, digits, hyphens) joined by dots: prod.example",
        TextFormat.InterfaceName => "the name of a network interface, at most 15 characters",
        TextFormat.UrlPath => "a path that begins with /",
        TextFormat.ExactVersion => "three numbers joined by dots",
        TextFormat.KubernetesLabel => "key=value",
        TextFormat.KubernetesTaint => "key=value:NoSchedule, PreferNoSchedule or NoExecute",
        TextFormat.Variable => "the name of an environment variable: letters, digits and underscores",
        _ => "a text that is not empty",
    };

    /// <summary>Whether a text is written as it must be.</summary>
    public static bool IsMatch(TextFormat format, string text)
    {
        var pattern = Pattern(format);
        return pattern.Length == 0 ? !string.IsNullOrWhiteSpace(text) : Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
    }
}
