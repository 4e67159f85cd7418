using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Secrets;
using AppStack.Engine.State;

namespace AppStack.Engine.Imports;

/// <summary>Reads Pulumi's import file. All that cannot be read is told at once; members that this engine does not have are refused by name.</summary>
public static class ImportFileReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="bytes">Its content.</param>
    /// <exception cref="InvalidImportException">It is no import file, or uses what this engine does not have.</exception>
    public static ImportFile Read(ReadOnlyMemory<byte> bytes)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var file = new ImportFile();
        try
        {
            using var document = JsonDocument.Parse(bytes);
            foreach (var member in document.RootElement.EnumerateObject())
            {
                switch (member.Name)
                {
                    case "nameTable":
                        file = file with
                        {
                            NameTable = file.NameTable.SetItems(member.Value.EnumerateObject().Select(entry => KeyValuePair.Create(entry.Name, entry.Value.GetString() ?? ""))),
                        };
                        break;
                    case "resources":
                        file = file with { Resources = [.. member.Value.EnumerateArray().Select((element, index) => ReadResource(element, index, problems))] };
                        break;
                    case "providerInputs":
                        problems.Add("'providerInputs' is not supported: declare the provider among the resources, with its configuration as 'inputs'.");
                        break;
                    default:
                        problems.Add($"There is no member '{member.Name}' in an import file.");
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or StateFormatException)
        {
            problems.Add($"It cannot be read as an import file: {exception.Message}");
        }

        return problems.Count == 0 ? file : throw new InvalidImportException(problems.ToImmutable());
    }

    private static ImportSpec ReadResource(JsonElement element, int index, ImmutableArray<string>.Builder problems)
    {
        var spec = new ImportSpec();
        foreach (var member in element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
        {
            var value = member.Value;
            switch (member.Name)
            {
                case "type": spec = spec with { Type = value.GetString()! }; break;
                case "name": spec = spec with { Name = value.GetString()! }; break;
                case "logicalName": spec = spec with { LogicalName = value.GetString()! }; break;
                case "id": spec = spec with { Id = value.GetString()! }; break;
                case "parent": spec = spec with { Parent = value.GetString()! }; break;
                case "provider": spec = spec with { Provider = value.GetString()! }; break;
                case "version": spec = spec with { Version = value.GetString()! }; break;
                case "properties": spec = spec with { Properties = [.. value.EnumerateArray().Select(property => property.GetString()!)] }; break;
                case "component": spec = spec with { Component = value.GetBoolean() }; break;
                case "inputs": spec = spec with { Inputs = ReadProperties(value) }; break;
                case "outputs": spec = spec with { Outputs = ReadProperties(value) }; break;
                case "remote" when value.ValueKind == JsonValueKind.False: break;
                case "remote" or "parameterization" or "extension" or "pluginDownloadUrl":
                    problems.Add($"resources[{index}] uses '{member.Name}', which this engine does not have.");
                    break;
                default:
                    problems.Add($"resources[{index}] has the unknown member '{member.Name}'.");
                    break;
            }
        }

        return spec;
    }

    private static PropertyMap ReadProperties(JsonElement element)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(element.GetRawText()));
        reader.Read();
        return new PropertyJson(ClearCodec.Instance).ReadMap(ref reader);
    }

    // Converters write secrets in clear, and marked. Those of a state are of no use here: nobody says under which key they are.
    private sealed class ClearCodec : ISecretCodec
    {
        public static ClearCodec Instance { get; } = new();

        public bool WritesPlaintext => true;

        public PropertyValue.Secret Open(string ciphertext, SecretPosition position) =>
            throw new StateFormatException($"the property {position.ToString().Replace('\0', '.').TrimStart('.')} is an encrypted secret; give it as 'plaintext'.");

        public string Seal(PropertyValue.Secret secret, SecretPosition position) => throw new InvalidOperationException("Import files are only read.");
    }
}
