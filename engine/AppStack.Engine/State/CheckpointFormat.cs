using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AppStack.Engine.Secrets;

namespace AppStack.Engine.State;

/// <summary>
/// The two files that carry state: the checkpoint of the file backend (<c>{"version":3,"checkpoint":{...}}</c>) and the export
/// (<c>{"version":3,"deployment":{...}}</c>). Version 4 only appears with a list of features; those that this engine does not have are refused.
/// </summary>
internal static class CheckpointFormat
{
    private const string PendingRole = "pending ";

    private static readonly ImmutableHashSet<string> KnownFeatures = ["replaceWith"];

    /// <summary>The magic that goes with a version: its SHA-256.</summary>
    public static string Magic(string version) =>
        version.Length == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version)));

    public static ReadOnlyMemory<byte> WriteCheckpoint(string fullStackName, Snapshot? snapshot, ISecretCodec codec)
    {
        var json = new JsonText();
        json.BeginObject();
        WriteVersion(json, snapshot);
        json.Name("checkpoint");
        json.BeginObject();
        json.Name("stack");
        json.String(fullStackName);
        if (snapshot is not null)
        {
            json.Name("latest");
            WriteDeployment(json, snapshot, codec);
        }

        json.EndObject();
        json.EndObject();
        return json.Written;
    }

    public static string WriteExport(Snapshot snapshot, ISecretCodec codec)
    {
        var json = new JsonText(indented: true);
        json.BeginObject();
        WriteVersion(json, snapshot);
        json.Name("deployment");
        WriteDeployment(json, snapshot, codec);
        json.EndObject();
        json.NewLine();
        return json.ToString();
    }

    /// <summary>Reads either form.</summary>
    /// <param name="bytes">The file's content.</param>
    /// <param name="source">What to call the file in messages.</param>
    /// <param name="codec">Opens the secrets.</param>
    /// <returns>The state, or <see langword="null"/> for a stack that was never deployed.</returns>
    public static Snapshot? Read(ReadOnlySpan<byte> bytes, string source, ISecretCodec codec)
    {
        try
        {
            return ReadFile(bytes, codec);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new StateFormatException($"{source} cannot be read as state: {exception.Message} The previous state is next to it, with the ending .bak.", exception);
        }
        catch (StateFormatException exception)
        {
            throw new StateFormatException($"{source}: {exception.Message}", exception);
        }
    }

    /// <summary>The salt in a state file, without reading the rest of it: secrets can be made ready while the file is read.</summary>
    public static string? FindSalt(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.IndexOf("\"salt\""u8);
        if (start < 0)
        {
            return null;
        }

        var rest = bytes[(start + 6)..];
        var open = rest.IndexOf((byte)'"');
        if (open < 0)
        {
            return null;
        }

        rest = rest[(open + 1)..];
        var close = rest.IndexOf((byte)'"');
        return close < 0 ? null : Encoding.UTF8.GetString(rest[..close]);
    }

    /// <summary>Whether a state file holds secrets.</summary>
    public static bool HasSecrets(ReadOnlySpan<byte> bytes) => bytes.IndexOf("1b47061264138c4ac30d75fd1eb44270"u8) >= 0;

    private static void WriteVersion(JsonText json, Snapshot? snapshot)
    {
        var usesReplaceWith = snapshot is not null && snapshot.Resources.Any(state => state.ReplaceWith.Length > 0);
        json.Name("version");
        json.Number(usesReplaceWith ? 4 : 3);
        if (usesReplaceWith)
        {
            json.Name("features");
            json.BeginArray();
            json.String("replaceWith");
            json.EndArray();
        }
    }

    private static void WriteDeployment(JsonText json, Snapshot snapshot, ISecretCodec codec)
    {
        var resources = new ResourceJson(codec);
        json.BeginObject();
        json.Name("manifest");
        json.BeginObject();
        json.Member("time", snapshot.Time);
        json.Member("magic", Magic(snapshot.Version));
        json.Member("version", snapshot.Version);
        if (snapshot.Plugins is not null)
        {
            json.Name("plugins");
            json.Verbatim(snapshot.Plugins);
        }

        json.EndObject();
        if (snapshot.SecretsProvider is { } provider)
        {
            json.Name("secrets_providers");
            json.BeginObject();
            json.Member("type", provider);
            json.Name("state");
            json.BeginObject();
            json.Member("salt", snapshot.EncryptionSalt ?? "");
            json.EndObject();
            json.EndObject();
        }

        if (snapshot.Resources.Length > 0)
        {
            json.Name("resources");
            json.BeginArray();
            foreach (var state in snapshot.Resources)
            {
                resources.Write(json, state);
            }

            json.EndArray();
        }

        if (snapshot.PendingOperations.Length > 0)
        {
            json.Name("pending_operations");
            json.BeginArray();
            resources.Role = PendingRole;
            foreach (var operation in snapshot.PendingOperations)
            {
                WritePending(json, operation, resources);
            }

            json.EndArray();
        }

        json.Name("metadata");
        json.BeginObject();
        json.EndObject();
        json.EndObject();
    }

    private static void WritePending(JsonText json, PendingOperation operation, ResourceJson resources)
    {
        json.BeginObject();
        json.Name("resource");
        resources.Write(json, operation.Resource);
        json.Member("type", PendingOperationKinds.Name(operation.Kind));
        json.EndObject();
    }

    private static Snapshot? ReadFile(ReadOnlySpan<byte> bytes, ISecretCodec codec)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xef, 0xbb, 0xbf]))
        {
            bytes = bytes[3..];
        }

        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = 256 });
        reader.Read();
        ResourceJson.Expect(ref reader, JsonTokenType.StartObject);
        Snapshot? snapshot = null;
        var version = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "version":
                    version = reader.GetInt32();
                    if (version is not (3 or 4))
                    {
                        throw new StateFormatException(
                            $"The state has version {version}; this engine reads version 3 (and 4 where it needs no newer features). Export it with a pulumi CLI of its own age.");
                    }

                    break;
                case "features":
                    CheckFeatures(ref reader);
                    break;
                case "deployment":
                    snapshot = ReadDeployment(ref reader, codec);
                    break;
                case "checkpoint":
                    snapshot = ReadCheckpoint(ref reader, codec);
                    break;
                default:
                    throw new StateFormatException($"The state holds the unknown member '{name}'.");
            }
        }

        return version == 0 ? throw new StateFormatException("The state has no version.") : snapshot;
    }

    private static void CheckFeatures(ref Utf8JsonReader reader)
    {
        var unknown = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var feature = reader.GetString() ?? "";
            if (!KnownFeatures.Contains(feature))
            {
                unknown.Add(feature);
            }
        }

        if (unknown.Count > 0)
        {
            throw new StateFormatException(
                $"The state uses features of Pulumi that this engine does not have: {string.Join(", ", unknown)}. Continue this stack with the pulumi CLI.");
        }
    }

    private static Snapshot? ReadCheckpoint(ref Utf8JsonReader reader, ISecretCodec codec)
    {
        ResourceJson.Expect(ref reader, JsonTokenType.StartObject);
        Snapshot? snapshot = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "stack" or "config":
                    reader.Skip();
                    break;
                case "latest":
                    snapshot = reader.TokenType == JsonTokenType.Null ? null : ReadDeployment(ref reader, codec);
                    break;
                default:
                    throw new StateFormatException($"The checkpoint holds the unknown member '{name}'.");
            }
        }

        return snapshot;
    }

    private static Snapshot ReadDeployment(ref Utf8JsonReader reader, ISecretCodec codec)
    {
        ResourceJson.Expect(ref reader, JsonTokenType.StartObject);
        var resources = new ResourceJson(codec);
        var snapshot = Snapshot.Empty;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                continue;
            }

            switch (name)
            {
                case "manifest":
                    snapshot = ReadManifest(ref reader, snapshot);
                    break;
                case "secrets_providers":
                    snapshot = ReadSecretsProvider(ref reader, snapshot);
                    break;
                case "resources":
                    var states = ImmutableArray.CreateBuilder<ResourceState>();
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        states.Add(resources.Read(ref reader));
                    }

                    snapshot = snapshot with { Resources = states.DrainToImmutable() };
                    break;
                case "pending_operations":
                    var pending = ImmutableArray.CreateBuilder<PendingOperation>();
                    resources.Role = PendingRole;
                    while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    {
                        pending.Add(ReadPending(ref reader, resources));
                    }

                    resources.Role = "";
                    snapshot = snapshot with { PendingOperations = pending.DrainToImmutable() };
                    break;
                case "metadata":
                    if (ResourceJson.Verbatim(ref reader) is not "{}" and var metadata && metadata.Contains("\"integrity_error\"", StringComparison.Ordinal))
                    {
                        throw new StateFormatException("The state is marked as damaged (integrity_error). Repair it with `pulumi state repair`, or edit an export and import it.");
                    }

                    break;
                default:
                    throw new StateFormatException($"The deployment holds the unknown member '{name}'.");
            }
        }

        return snapshot;
    }

    private static PendingOperation ReadPending(ref Utf8JsonReader reader, ResourceJson resources)
    {
        ResourceJson.Expect(ref reader, JsonTokenType.StartObject);
        ResourceState? state = null;
        var kind = PendingOperationKind.Creating;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            switch (name)
            {
                case "resource": state = resources.Read(ref reader); break;
                case "type": kind = PendingOperationKinds.Parse(reader.GetString() ?? ""); break;
                default: throw new StateFormatException($"A pending operation holds the unknown member '{name}'.");
            }
        }

        return new PendingOperation(kind, state ?? throw new StateFormatException("A pending operation has no resource."));
    }

    private static Snapshot ReadManifest(ref Utf8JsonReader reader, Snapshot snapshot)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            snapshot = name switch
            {
                "time" => snapshot with { Time = reader.GetString() ?? "" },
                "version" => snapshot with { Version = reader.GetString() ?? "" },
                "magic" => snapshot with { Magic = reader.GetString() ?? "" },
                "plugins" => snapshot with { Plugins = reader.TokenType == JsonTokenType.Null ? null : ResourceJson.Verbatim(ref reader) },
                _ => throw new StateFormatException($"The manifest holds the unknown member '{name}'."),
            };
        }

        return snapshot;
    }

    private static Snapshot ReadSecretsProvider(ref Utf8JsonReader reader, Snapshot snapshot)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = reader.GetString();
            reader.Read();
            if (name == "type")
            {
                var type = reader.GetString();
                if (!string.IsNullOrEmpty(type) && type != "passphrase")
                {
                    throw new StateFormatException(
                        $"The state's secrets are encrypted by '{type}'; this engine has 'passphrase' only. Change it with `pulumi stack change-secrets-provider passphrase` first.");
                }

                snapshot = snapshot with { SecretsProvider = string.IsNullOrEmpty(type) ? null : type };
            }
            else if (name == "state" && reader.TokenType == JsonTokenType.StartObject)
            {
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var member = reader.GetString();
                    reader.Read();
                    if (member == "salt")
                    {
                        snapshot = snapshot with { EncryptionSalt = reader.GetString() };
                    }
                    else
                    {
                        reader.Skip();
                    }
                }
            }
            else
            {
                reader.Skip();
            }
        }

        return snapshot;
    }
}
