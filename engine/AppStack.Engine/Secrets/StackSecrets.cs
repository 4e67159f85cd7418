using System.Security.Cryptography;
using System.Text;
using AppStack.Engine.Backend;
using AppStack.Engine.Diagnostics;
using AppStack.Engine.Projects;

namespace AppStack.Engine.Secrets;

/// <summary>
/// The key of one stack. It is derived once, on another thread as soon as it is likely to be needed (a quarter of a second of work), and
/// never kept on disk. A stack without secrets needs none.
/// </summary>
internal sealed class StackSecrets
{
    private readonly IStateFiles _files;
    private readonly string _settingsPath;
    private readonly Lazy<PassphraseKey> _key;
    private readonly Func<PassphraseKey> _openKey;
    private readonly PassphraseSource _passphrase;
    private readonly string _stack;
    private string? _salt;

    /// <summary>Prepares the key; deriving it waits until it is needed.</summary>
    /// <param name="files">The files of the backend.</param>
    /// <param name="settingsPath">The stack's settings, which hold the salt.</param>
    /// <param name="stack">The stack's name, for messages.</param>
    /// <param name="passphrase">Where the passphrase comes from.</param>
    /// <param name="salt">The salt in use; a new one is made, and written to the settings, when there is none.</param>
    /// <param name="stateSalt">The salt of the state, where it is another one.</param>
    /// <param name="masker">Learns secrets.</param>
    public StackSecrets(
        IStateFiles files, string settingsPath, string stack, PassphraseSource passphrase, string? salt, string? stateSalt, SecretMasker masker)
    {
        _files = files;
        _settingsPath = settingsPath;
        _stack = stack;
        _passphrase = passphrase;
        _salt = salt ?? stateSalt;
        _key = new Lazy<PassphraseKey>(Derive);
        Func<PassphraseKey> key = () => _key.Value;
        if (stateSalt is null || stateSalt == _salt)
        {
            _openKey = key;
        }
        else
        {
            var stateKey = new Lazy<PassphraseKey>(() => PassphraseKey.Open(_passphrase.Read(_stack), stateSalt));
            _openKey = () => stateKey.Value;
        }

        Codec = new PassphraseCodec(_openKey, key, masker);
    }

    /// <summary>For the secrets of state.</summary>
    public PassphraseCodec Codec { get; }

    /// <summary>The salt, once there is one.</summary>
    public string? Salt => _key.IsValueCreated ? _key.Value.Salt : _salt;

    /// <summary>Starts deriving the key without waiting for it. A wrong or missing passphrase is reported when the key is used.</summary>
    public void Prefetch()
    {
        // The lazy value keeps an exception for whoever needs the key; this task's own copy of it is of no interest.
        var derivation = Task.Run(() => _key.Value);
        _ = derivation.ContinueWith(failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>Refuses a passphrase that is not the salt's. Without a salt any will do.</summary>
    public void RequireRightPassphrase()
    {
        if (_salt is not null)
        {
            _ = _key.Value;
        }
    }

    /// <summary>Decrypts a secret of the configuration.</summary>
    /// <param name="ciphertext">What stands in the settings.</param>
    /// <param name="name">The configuration key, for messages.</param>
    /// <exception cref="StackException">It cannot be decrypted.</exception>
    public string Decrypt(string ciphertext, string name)
    {
        try
        {
            return _key.Value.Decrypt(ciphertext);
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or ArgumentException)
        {
            throw new StackException(
                $"The secret '{name}' in {_settingsPath} cannot be decrypted with this stack's passphrase: it is damaged, or it was copied from another stack. "
                + $"Set it again: `appstack config set {_stack} {name} --secret`.",
                exception);
        }
    }

    /// <summary>Encrypts a secret of the configuration.</summary>
    public string Encrypt(string text) => _key.Value.Encrypt(text);

    private PassphraseKey Derive()
    {
        var passphrase = _passphrase.Read(_stack);
        if (_salt is not null)
        {
            return PassphraseKey.Open(passphrase, _salt);
        }

        var key = PassphraseKey.Create(passphrase);
        var settings = _files.Read(_settingsPath) is { } bytes ? Encoding.UTF8.GetString(bytes) : "";
        _files.Replace(_settingsPath, Encoding.UTF8.GetBytes(StackFileEditor.SetScalar(settings, _settingsPath, "encryptionsalt", key.Salt)), durable: true);
        _salt = key.Salt;
        return key;
    }
}
