using System.Text.Json;

namespace AppStack.Stacks.Services;

/// <summary>A version of a service as it was deployed: what a deployment that fails goes back to.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Image">Its image.</param>
/// <param name="Descriptor">The text of its descriptor.</param>
public sealed record ServiceRelease(string Version, string Image, string Descriptor)
{
    /// <summary>The name of the stack's output.</summary>
    public const string Output = "release";

    /// <summary>
    /// The environment variable by which the program is told to deploy a release instead of what the files say. It holds the release as JSON; there are no
    /// secrets in it.
    /// </summary>
    public const string Variable = "APPSTACK_RELEASE";

    /// <summary>The release that this run is told to deploy; <see langword="null"/>: none, the files count.</summary>
    public static ServiceRelease? Wanted =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? JsonSerializer.Deserialize<ServiceRelease>(text) : null;

    /// <summary>As the environment variable holds it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);
}
