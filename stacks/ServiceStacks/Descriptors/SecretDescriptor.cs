using AppStack.Stacks.Environments.Descriptors;

namespace AppStack.Stacks.Services.Descriptors;

/// <summary>A secret of a service.</summary>
public sealed record SecretDescriptor
{
    /// <summary>Its name.</summary>
    [Key("Its name: that of the stack's secret configuration and of the file.", Required = true, Format = TextFormat.Name, Example = "smtp-password")]
    public string? Name { get; init; }

    /// <summary>The environment variable.</summary>
    [Key("The environment variable that says where the file is.", Required = true, Format = TextFormat.Variable, Example = "SMTP_PASSWORD_FILE")]
    public string? Setting { get; init; }
}
