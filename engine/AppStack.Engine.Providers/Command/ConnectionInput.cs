using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;
using AppStack.Ssh;

namespace AppStack.Engine.Providers.Command;

/// <summary>The <c>connection</c> input of remote resources.</summary>
internal static class ConnectionInput
{
    private static readonly InputProperty[] Properties =
    [
        new("agentSocketPath", InputKind.Text),
        new("dialErrorLimit", InputKind.Integer),
        new("host", InputKind.Text, Required: true),
        new("hostKey", InputKind.Text),
        new("password", InputKind.Text),
        new("perDialTimeout", InputKind.Integer),
        new("port", InputKind.Number),
        new("privateKey", InputKind.Text),
        new("privateKeyPassword", InputKind.Text),
        new("user", InputKind.Text),
    ];

    private static readonly InputSchema ProxySchema = new(Properties);
    private static readonly InputSchema Schema = new([.. Properties, new("proxy", InputKind.Object)]);

    // Pulumi's own provider fills these in, so they are in every state that it wrote.
    private static readonly PropertyMap Defaults = PropertyMap.Of(
        ("dialErrorLimit", PropertyValue.Of(10)),
        ("perDialTimeout", PropertyValue.Of(15)),
        ("port", PropertyValue.Of(22)),
        ("user", PropertyValue.Of("root")));

    /// <summary>Validates a connection and fills in defaults. The result is secret as a whole.</summary>
    public static PropertyValue Check(PropertyValue connection, bool allowUnknownHostKeys, List<CheckFailure> failures) =>
        connection.WithoutSecrets() is PropertyValue.Map
            ? new PropertyValue.Map(Check(Unwrap(connection), "connection", Schema, allowUnknownHostKeys, failures)).AsSecret()
            : connection.AsSecret();

    /// <summary>Reads a connection that was checked.</summary>
    public static SshEndpoint Read(PropertyMap inputs, bool allowUnknownHostKeys)
    {
        var connection = inputs.Object("connection") ?? PropertyMap.Empty;
        var endpoint = ReadOne(connection, allowUnknownHostKeys);
        return connection.Object("proxy") is { } proxy ? endpoint with { Proxy = ReadOne(proxy, allowUnknownHostKeys) } : endpoint;
    }

    /// <summary>The texts in a connection that no message may show.</summary>
    public static SecretTexts Secrets(PropertyMap inputs)
    {
        var secrets = SecretTexts.In(inputs, "connection");
        var connection = inputs.Object("connection");
        foreach (var part in new[] { connection, connection?.Object("proxy") })
        {
            secrets.With(part?.Text("password")).With(part?.Text("privateKey")).With(part?.Text("privateKeyPassword"));
        }

        return secrets;
    }

    private static PropertyMap Unwrap(PropertyValue value) => value switch
    {
        PropertyValue.Secret secret => Unwrap(secret.Element),
        PropertyValue.Map map => map.Members,
        _ => PropertyMap.Empty,
    };

    private static PropertyMap Check(PropertyMap connection, string path, InputSchema schema, bool allowUnknownHostKeys, List<CheckFailure> failures)
    {
        // Secrets do not nest: the connection is one.
        var result = schema.Check(connection.WithoutSecrets());
        failures.AddRange(result.Failures.Select(failure => failure with { Property = $"{path}.{failure.Property}" }));
        var inputs = result.Inputs;
        foreach (var (name, value) in Defaults)
        {
            inputs = inputs.ContainsKey(name) ? inputs : inputs.With(name, value);
        }

        CheckHostKey(inputs, path, allowUnknownHostKeys, failures);
        return inputs.Find("proxy") is PropertyValue.Map proxy
            ? inputs.With("proxy", PropertyValue.Of(Check(proxy.Members, $"{path}.proxy", ProxySchema, allowUnknownHostKeys, failures)))
            : inputs;
    }

    private static void CheckHostKey(PropertyMap connection, string path, bool allowUnknownHostKeys, List<CheckFailure> failures)
    {
        switch (connection.Find("hostKey"))
        {
            case null when !allowUnknownHostKeys:
                failures.Add(new CheckFailure(
                    $"{path}.hostKey",
                    "is required, so that nobody else can answer in the node's place: give the content of the node's /etc/ssh/ssh_host_ed25519_key.pub. "
                    + "To trust whoever answers, as Pulumi's own provider does, set command:insecureHostKeys to true in the stack's configuration, "
                    + $"or {CommandProvider.InsecureVariable}=1 in the environment"));
                break;
            case PropertyValue.Text text:
                failures.AddRange(Lines(text.Value)
                    .Where(line => !SshHostKey.TryParse(line, out _))
                    .Select(_ => new CheckFailure($"{path}.hostKey", "cannot be read as a public key; it must look like 'ssh-ed25519 AAAA...'")));
                break;
        }
    }

    private static SshEndpoint ReadOne(PropertyMap connection, bool allowUnknownHostKeys) => new()
    {
        Host = connection.Text("host") ?? "",
        Port = connection.Integer("port") ?? 22,
        User = connection.Text("user") ?? "root",
        PrivateKey = connection.Text("privateKey"),
        PrivateKeyPassphrase = connection.Text("privateKeyPassword"),
        Password = connection.Text("password"),
        AgentSocket = connection.Text("agentSocketPath"),
        HostKeys = [.. Lines(connection.Text("hostKey") ?? "")],
        AllowUnknownHostKey = allowUnknownHostKeys,
        DialErrorLimit = connection.Integer("dialErrorLimit") ?? 10,
        ConnectTimeout = TimeSpan.FromSeconds(connection.Integer("perDialTimeout") ?? 15),
    };

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
