namespace AppStack.Stacks.Environments.Descriptors;

/// <summary>The relay that takes alerts as mail, with STARTTLS and without a password.</summary>
public sealed record MailDescriptor
{
    /// <summary>The relay.</summary>
    [Key("Host name or address of the relay.", Required = true, Example = "relay.example.org")]
    public string? Host { get; init; }

    /// <summary>Its port.</summary>
    [Key("Port of the relay.", Default = "25", Minimum = 1, Maximum = 65535)]
    public int? Port { get; init; }

    /// <summary>The sender.</summary>
    [Key("The sender's address.", Required = true, Example = "appstack@example.org")]
    public string? From { get; init; }
}
