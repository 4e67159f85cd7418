namespace AppStack.Operations.Verification;

/// <summary>What the probe script of a node printed, cut into its sections.</summary>
internal sealed class ProbeOutput
{
    private const string SectionMark = "@@section ";
    private const string ExitMark = "@@exit ";
    private readonly Dictionary<string, ProbeSection> _sections;

    private ProbeOutput(Dictionary<string, ProbeSection> sections) => _sections = sections;

    /// <summary>The section of that name; one that says so when the script did not print it.</summary>
    public ProbeSection this[string name] =>
        _sections.GetValueOrDefault(name) ?? new ProbeSection(-1, $"the probe printed no section '{name}'");

    /// <summary>Whether the script got as far as that section.</summary>
    public bool Has(string name) => _sections.ContainsKey(name);

    /// <summary>Reads the output.</summary>
    public static ProbeOutput Parse(string text)
    {
        var sections = new Dictionary<string, ProbeSection>(StringComparer.Ordinal);
        string? name = null;
        var body = new List<string>();
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(SectionMark, StringComparison.Ordinal))
            {
                name = line[SectionMark.Length..];
                body.Clear();
            }
            else if (name is not null && line.StartsWith(ExitMark, StringComparison.Ordinal))
            {
                sections[name] = new ProbeSection(int.Parse(line[ExitMark.Length..]), string.Join('\n', body));
                name = null;
            }
            else
            {
                body.Add(line);
            }
        }

        return new ProbeOutput(sections);
    }
}
