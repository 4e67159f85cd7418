using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Secrets;

namespace AppStack.Engine.State;

/// <summary>The JSON form of values in state: plain JSON, and objects with a signature for secrets, assets, archives and references.</summary>
internal sealed class PropertyJson(ISecretCodec codec)
{
    // Deep enough for any real state, shallow enough that a damaged file cannot overflow the stack.
    private const int MaximumDepth = 200;

    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Where the value being read or written is; the caller starts it for each resource section.</summary>
    public SecretPosition Position { get; } = new();

    /// <summary>The JSON text of a value without special treatment of secrets around it, as it is encrypted.</summary>
    public static string Encode(PropertyValue value)
    {
        var text = new JsonText();
        new PropertyJson(SealedNever.Instance).Write(text, value.WithoutSecrets());
        return text.ToString();
    }

    /// <summary>The inverse of <see cref="Encode"/>.</summary>
    public static PropertyValue Decode(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        return new PropertyJson(SealedNever.Instance).Read(ref reader);
    }

    public void Write(JsonText json, PropertyMap map)
    {
        json.BeginObject();
        foreach (var (name, value) in map)
        {
            json.Name(name);
            Position.Push(name);
            Write(json, value);
            Position.Pop();
        }

        json.EndObject();
    }

    public void Write(JsonText json, PropertyValue value)
    {
        switch (value)
        {
            case PropertyValue.Null:
                json.Null();
                break;
            case PropertyValue.Bool boolean:
                json.Bool(boolean.Value);
                break;
            case PropertyValue.Number number when !double.IsFinite(number.Value):
                Marked(json, PropertySignatures.Float);
                json.Member("value", BitConverter.DoubleToUInt64Bits(number.Value).ToString("x16", CultureInfo.InvariantCulture));
                json.EndObject();
                break;
            case PropertyValue.Number number:
                json.Number(number.Value);
                break;
            case PropertyValue.Text text:
                json.String(text.Value);
                break;
            case PropertyValue.List list:
                json.BeginArray();
                for (var i = 0; i < list.Items.Length; i++)
                {
                    Position.Push(Index(i));
                    Write(json, list.Items[i]);
                    Position.Pop();
                }

                json.EndArray();
                break;
            case PropertyValue.Map map:
                Write(json, map.Members);
                break;
            case PropertyValue.Secret secret:
                Marked(json, PropertySignatures.Secret);
                json.Member(codec.WritesPlaintext ? "plaintext" : "ciphertext", codec.Seal(secret, Position));
                json.EndObject();
                break;
            case PropertyValue.Unknown:
                json.String(PropertySignatures.Unknown);
                break;
            case PropertyValue.Asset asset:
                WriteAsset(json, asset);
                break;
            case PropertyValue.Archive archive:
                WriteArchive(json, archive);
                break;
            case PropertyValue.Reference reference:
                WriteReference(json, reference);
                break;
            default:
                throw new InvalidOperationException($"A value of kind {value.GetType().Name} cannot be written to state.");
        }
    }

    public PropertyMap ReadMap(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new StateFormatException($"The state holds a {reader.TokenType} at byte {reader.TokenStartIndex} where an object of properties belongs.");
        }

        return ReadMembers(ref reader, out var signature) is var map && signature is null
            ? map
            : throw new StateFormatException($"The state holds a special value at byte {reader.TokenStartIndex} where an object of properties belongs.");
    }

    /// <summary>Reads the value that the reader stands on.</summary>
    public PropertyValue Read(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth > MaximumDepth)
        {
            throw new StateFormatException($"The state nests values deeper than {MaximumDepth} levels at byte {reader.TokenStartIndex}.");
        }

        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return PropertyValue.Null.Instance;
            case JsonTokenType.True:
                return PropertyValue.Bool.True;
            case JsonTokenType.False:
                return PropertyValue.Bool.False;
            case JsonTokenType.Number:
                return PropertyValue.Of(reader.GetDouble());
            case JsonTokenType.String:
                var text = reader.GetString()!;
                return text == PropertySignatures.Unknown ? PropertyValue.Unknown.Instance : PropertyValue.Of(text);
            case JsonTokenType.StartArray:
                return ReadList(ref reader);
            case JsonTokenType.StartObject:
                var members = ReadMembers(ref reader, out var signature);
                return signature is null ? PropertyValue.Of(members) : Special(signature, members);
            default:
                throw new StateFormatException($"The state holds a {reader.TokenType} at byte {reader.TokenStartIndex} where a value belongs.");
        }
    }

    /// <summary>One string object for each distinct name, because the same few thousand occur in every resource.</summary>
    public string Pooled(string text)
    {
        if (_names.TryGetValue(text, out var known))
        {
            return known;
        }

        _names.Add(text, text);
        return text;
    }

    private static string Index(int i) => i < SmallIndexes.Length ? SmallIndexes[i] : i.ToString(CultureInfo.InvariantCulture);

    private static readonly string[] SmallIndexes = [.. Enumerable.Range(0, 64).Select(i => i.ToString(CultureInfo.InvariantCulture))];

    private static void Marked(JsonText json, string signature)
    {
        json.BeginObject();
        json.Member(PropertySignatures.Key, signature);
    }

    private static void WriteAsset(JsonText json, PropertyValue.Asset asset)
    {
        Marked(json, PropertySignatures.Asset);
        json.Member("hash", asset.Hash);
        Source(json, asset.Path, asset.Content, asset.Uri);
        json.EndObject();
    }

    private static void Source(JsonText json, string? path, string? text, string? uri)
    {
        if (path is not null)
        {
            json.Member("path", path);
        }

        if (text is not null)
        {
            json.Member("text", text);
        }

        if (uri is not null)
        {
            json.Member("uri", uri);
        }
    }

    private static string? Text(PropertyMap members, string name) => (members.Find(name) as PropertyValue.Text)?.Value;

    private void WriteArchive(JsonText json, PropertyValue.Archive archive)
    {
        Marked(json, PropertySignatures.Archive);
        if (archive.Assets is { } assets)
        {
            json.Name("assets");
            Write(json, assets);
        }

        json.Member("hash", archive.Hash);
        Source(json, archive.Path, text: null, archive.Uri);
        json.EndObject();
    }

    private void WriteReference(JsonText json, PropertyValue.Reference reference)
    {
        Marked(json, PropertySignatures.Reference);
        if (reference.Id is { } id)
        {
            json.Name("id");
            Write(json, id is PropertyValue.Unknown ? PropertyValue.Of("") : id);
        }

        json.Member("packageVersion", reference.PackageVersion);
        json.Member("urn", reference.Urn);
        json.EndObject();
    }

    private PropertyValue.List ReadList(ref Utf8JsonReader reader)
    {
        var items = ImmutableArray.CreateBuilder<PropertyValue>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            Position.Push(Index(items.Count));
            items.Add(Read(ref reader));
            Position.Pop();
        }

        return new PropertyValue.List(items.DrainToImmutable());
    }

    private PropertyMap ReadMembers(ref Utf8JsonReader reader, out string? signature)
    {
        signature = null;
        List<KeyValuePair<string, PropertyValue>>? members = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("4dabf18193072939515e22adb298388d"u8))
            {
                reader.Read();
                signature = reader.GetString() ?? throw new StateFormatException($"The state holds an empty signature at byte {reader.TokenStartIndex}.");
                continue;
            }

            var name = Pooled(reader.GetString()!);
            reader.Read();
            Position.Push(name);
            (members ??= []).Add(new(name, Read(ref reader)));
            Position.Pop();
        }

        return members is null ? PropertyMap.Empty : PropertyMap.Of(members);
    }

    private PropertyValue Special(string signature, PropertyMap members)
    {
        switch (signature)
        {
            case PropertySignatures.Secret:
                if (Text(members, "plaintext") is { } plaintext)
                {
                    return Decode(Encoding.UTF8.GetBytes(plaintext)).AsSecret();
                }

                return codec.Open(
                    Text(members, "ciphertext") ?? throw new StateFormatException($"The state holds a secret without ciphertext in {Readable()}."),
                    Position);
            case PropertySignatures.Asset:
                return new PropertyValue.Asset(Text(members, "hash") ?? "", Text(members, "text"), Text(members, "path"), Text(members, "uri"));
            case PropertySignatures.Archive:
                return new PropertyValue.Archive(
                    Text(members, "hash") ?? "",
                    members.Find("assets") is PropertyValue.Map assets ? assets.Members : null,
                    Text(members, "path"),
                    Text(members, "uri"));
            case PropertySignatures.Reference:
                return new PropertyValue.Reference(Text(members, "urn") ?? "", members.Find("id"), Text(members, "packageVersion") ?? "");
            case PropertySignatures.Float:
                return PropertyValue.Of(BitConverter.UInt64BitsToDouble(
                    ulong.Parse(Text(members, "value") ?? "0", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)));
            case PropertySignatures.ByteString:
                throw new StateFormatException($"The state holds a byte string in {Readable()}; the feature 'byteString' is not supported.");
            default:
                throw new StateFormatException($"The state holds a value with the unknown signature '{signature}' in {Readable()}.");
        }
    }

    private string Readable() => Position.ToString().Replace('\0', '.');

    // For text that is encrypted or was decrypted as a whole: no secret may be inside another.
    private sealed class SealedNever : ISecretCodec
    {
        public static SealedNever Instance { get; } = new();

        public bool WritesPlaintext => false;

        public PropertyValue.Secret Open(string ciphertext, SecretPosition position) => throw new StateFormatException("The state holds a secret inside a secret.");

        public string Seal(PropertyValue.Secret secret, SecretPosition position) => throw new InvalidOperationException("A secret inside a secret.");
    }
}
