namespace AppStack.Cli.Display.Graph;

/// <summary>A light colour for each package: its own for those that AppStack uses, one of a palette, by its name, for any other.</summary>
internal static class PackageColours
{
    private static readonly string[] Palette = ["#e3d8f5", "#f5d8e4", "#d8f0f5", "#f5ead8", "#e0f5d8", "#d8def5"];

    /// <summary>The colour as CSS writes it.</summary>
    public static string Of(string package) => package switch
    {
        "appstack" => "#e8eef6",
        "command" => "#cfe5ff",
        "random" => "#ffe3b8",
        "kubernetes" => "#cfeedd",
        "pulumi" => "#e6e6e6",
        // String hashes differ from process to process; a sum of letters does not.
        _ => Palette[package.Sum(letter => letter) % Palette.Length],
    };
}
