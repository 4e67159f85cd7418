namespace AppStack.Engine.Providers;

/// <summary>What the built-in providers need to know of their surroundings.</summary>
public sealed record BuiltInProviderOptions
{
    /// <summary>The directory that relative paths of local commands, assets and copies start from: that of the Pulumi program.</summary>
    /// <value>The default value is the working directory of the process.</value>
    public string WorkingDirectory { get; init; } = Directory.GetCurrentDirectory();

    /// <summary>Whether nodes without a pinned host key are used. The stack's configuration can allow it too (<c>command:insecureHostKeys</c>).</summary>
    /// <value>The default value is whether APPSTACK_INSECURE_HOST_KEYS is 1 or true.</value>
    public bool AllowUnknownHostKeys { get; init; } =
        Environment.GetEnvironmentVariable(Command.CommandProvider.InsecureVariable) is "1" or "true";

    /// <summary>Where programs are looked for (helm), as in PATH.</summary>
    /// <value>The default value is that of the process.</value>
    public string SearchPath { get; init; } = Environment.GetEnvironmentVariable("PATH") ?? "";

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
