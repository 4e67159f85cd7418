namespace AppStack.Components.Kubernetes.Waf;

/// <summary>
/// The script that makes the rules which the engine loads of those in Debian's package <c>modsecurity-crs</c>. It needs <c>perl-base</c>, which
/// every Debian has: <c>perl crs.pl rules 1 &gt; crs-1.conf</c>. It runs once per image, for each paranoia level.
/// </summary>
public static class CrsScript
{
    /// <summary>The script's file name.</summary>
    public const string Name = "crs.pl";

    /// <summary>The highest paranoia level.</summary>
    public const int Levels = 4;

    /// <summary>The script.</summary>
    public static string Text { get; } = Read();

    /// <summary>The name of the file of rules for services of up to a paranoia level.</summary>
    public static string FileOf(int level) => $"crs-{level}.conf";

    private static string Read()
    {
        using var stream = typeof(CrsScript).Assembly.GetManifestResourceStream($"AppStack.Components.Kubernetes.Waf.Scripts.{Name}")
            ?? throw new InvalidOperationException($"{Name} is not part of this assembly");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
