namespace AppStack.Operations.Verification;

/// <summary>Stands in until the components bring theirs: no script, no roles.</summary>
internal static class DriftCheck
{
    public static string Script => "";

    public static DriftReport Parse(string json) => new([], []);
}
