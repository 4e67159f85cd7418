namespace AppStack.Components;

/// <summary>One thing that is wrong with a specification. Validators return all of them at once.</summary>
/// <param name="Path">Where: keys joined by dots, list positions in brackets, in camel case, e.g. <c>vips[0].ipv4</c>; relative to the validated spec.</param>
/// <param name="Message">What is wrong, with the offending value, and what would be right.</param>
public sealed record SpecProblem(string Path, string Message)
{
    /// <summary>The same problem seen from a parent specification.</summary>
    /// <param name="prefix">The key under which the parent holds the validated spec.</param>
    /// <returns>A problem whose path starts with <paramref name="prefix"/>.</returns>
    public SpecProblem Under(string prefix) => this with { Path = Path.Length == 0 ? prefix : $"{prefix}.{Path}" };

    /// <inheritdoc/>
    public override string ToString() => Path.Length == 0 ? Message : $"{Path}: {Message}";
}
