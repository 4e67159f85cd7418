using System.Collections.Immutable;
using System.Text;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Planning;
using AppStack.Engine.Projects;
using AppStack.Engine.Secrets;

namespace AppStack.Engine.Operations;

/// <content>Configuration.</content>
public sealed partial class StackManager
{
    /// <summary>All configuration values of the stack, decrypted, by <c>namespace:key</c>.</summary>
    public Task<ImmutableSortedDictionary<string, ConfigValue>> GetConfigAsync(CancellationToken cancellationToken = default)
    {
        var settings = ReadSettings();
        return Task.FromResult(OpenConfig(EffectiveConfig(settings), OpenSecrets(settings, default)));
    }

    /// <summary>One configuration value, decrypted; <see langword="null"/> when it is not set.</summary>
    /// <param name="key">The key; without a namespace, the project's.</param>
    /// <param name="path">Whether the key is a path into an object: <c>site.racks[0]</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task<ConfigValue?> GetConfigAsync(string key, bool path, CancellationToken cancellationToken = default)
    {
        var settings = ReadSettings();
        var (name, inside) = Parse(key, path);
        var node = ConfigPath.Get(EffectiveConfig(settings).GetValueOrDefault(name), inside.AsSpan());
        var secrets = OpenSecrets(settings, default);
        return Task.FromResult(node is null ? null : ConfigReader.Open(node, ciphertext => secrets.Decrypt(ciphertext, name)));
    }

    /// <summary>Sets a configuration value in the stack's settings file; the rest of the file stays as it is.</summary>
    /// <param name="key">The key; without a namespace, the project's.</param>
    /// <param name="value">The value.</param>
    /// <param name="secret">Whether to encrypt it.</param>
    /// <param name="path">Whether the key is a path into an object: <c>site.racks[0]</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public Task SetConfigAsync(string key, string value, bool secret, bool path, CancellationToken cancellationToken = default)
    {
        SettlePassphraseChange();
        var settings = ReadSettings();
        var (name, inside) = Parse(key, path);
        ConfigNode leaf;
        if (secret)
        {
            _masker.Learn(value);
            leaf = new ConfigNode.Secure(OpenSecrets(settings, Store.ReadCheckpointBytes()).Encrypt(value));
        }
        else
        {
            // Inside objects, what looks like a number or a truth value is one.
            leaf = new ConfigNode.Scalar(value, IsText: inside.IsEmpty || !YamlFile.LooksTyped(value));
        }

        var node = ConfigPath.Set(settings.Config.GetValueOrDefault(name), inside.AsSpan(), leaf);
        WriteSettings(StackFileEditor.SetConfig(SettingsText(), _settingsPath, name, node));
        return Task.CompletedTask;
    }

    /// <summary>Removes a configuration value from the stack's settings file.</summary>
    /// <inheritdoc cref="GetConfigAsync(string, bool, CancellationToken)" path="/param"/>
    public Task RemoveConfigAsync(string key, bool path, CancellationToken cancellationToken = default)
    {
        SettlePassphraseChange();
        var settings = ReadSettings();
        var (name, inside) = Parse(key, path);
        if (!settings.Config.TryGetValue(name, out var present) || ConfigPath.Get(present, inside.AsSpan()) is null)
        {
            throw new StackException($"The configuration of '{Name}' has no '{key}'.");
        }

        WriteSettings(
            ConfigPath.Remove(present, inside.AsSpan()) is { } left
                ? StackFileEditor.SetConfig(SettingsText(), _settingsPath, name, left)
                : StackFileEditor.RemoveConfig(SettingsText(), _settingsPath, name));
        return Task.CompletedTask;
    }

    /// <summary>Encrypts all secrets of the stack, in its state and its configuration, under a new passphrase.</summary>
    public Task ChangePassphraseAsync(string newPassphrase, CancellationToken cancellationToken = default)
    {
        using var held = Lock();
        var settings = ReadSettings();
        var checkpoint = Store.ReadCheckpointBytes();
        var secrets = OpenSecrets(settings, checkpoint);
        using var key = PassphraseKey.Create(newPassphrase);
        var text = StackFileEditor.SetScalar(SettingsText(), _settingsPath, "encryptionsalt", key.Salt);
        foreach (var (name, node) in settings.Config)
        {
            if (node.HasSecrets)
            {
                text = StackFileEditor.SetConfig(text, _settingsPath, name, Encrypted(node, ciphertext => key.Encrypt(secrets.Decrypt(ciphertext, name))));
            }
        }

        if (checkpoint is not null && Recover(secrets.Codec, checkpoint, readOnly: false).Snapshot is { } snapshot)
        {
            _passphraseChange.Prepare(text);

            // A codec that has seen none of the old ciphertexts encrypts everything anew.
            Store.Write(Described(snapshot, key.Salt), new PassphraseCodec(() => key, () => key, _masker), Compression);
            _passphraseChange.Settle(Store.ReadCheckpointBytes());
            return Task.CompletedTask;
        }

        WriteSettings(text);
        return Task.CompletedTask;
    }

    private static ConfigNode Encrypted(ConfigNode node, Func<string, string> encrypt) => node switch
    {
        ConfigNode.Secure secure => new ConfigNode.Secure(encrypt(secure.Ciphertext)),
        ConfigNode.List list => new ConfigNode.List([.. list.Items.Select(item => Encrypted(item, encrypt))]),
        ConfigNode.Map map => new ConfigNode.Map([.. map.Members.Select(member => new KeyValuePair<string, ConfigNode>(member.Key, Encrypted(member.Value, encrypt)))]),
        _ => node,
    };

    private (string Name, ImmutableArray<PropertyPath.Segment> Inside) Parse(string key, bool path)
    {
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        var (space, rest) = colon < 0 ? (_workspace.Project.Name, key) : (key[..colon], key[(colon + 1)..]);
        if (rest.Length == 0 || space.Length == 0)
        {
            throw new StackException($"'{key}' is not a configuration key: write KEY or NAMESPACE:KEY.");
        }

        if (!path)
        {
            return ($"{space}:{rest}", []);
        }

        try
        {
            var segments = PropertyPath.Parse(rest).Segments;
            return segments.Any(segment => segment.IsAll) || segments[0].Name is not { } first
                ? throw new StackException($"'{key}' is not the path of one configuration value.")
                : ($"{space}:{first}", segments[1..]);
        }
        catch (FormatException exception)
        {
            throw new StackException(exception.Message, exception);
        }
    }

    private void SettlePassphraseChange()
    {
        if (_passphraseChange.IsInterrupted)
        {
            Lock().Dispose();
        }
    }

    private string SettingsText() => Files.Read(_settingsPath) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";

    private void WriteSettings(string text) => Files.Replace(_settingsPath, Encoding.UTF8.GetBytes(text), durable: true);
}
