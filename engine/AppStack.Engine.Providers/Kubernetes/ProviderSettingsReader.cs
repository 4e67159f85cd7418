using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Kubernetes.Access;

namespace AppStack.Engine.Providers.Kubernetes;

/// <summary>Reads the configuration of a provider. Values come as they are, or as texts of JSON, which is how SDKs send them.</summary>
internal static class ProviderSettingsReader
{
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["renderYamlToDirectory"] = "the embedded engine applies objects; it does not write manifests",
        ["alwaysRender"] = "the embedded engine applies objects; it does not write manifests",
        ["strictMode"] = "name the provider and its context in the program instead",
        ["upsertExistingObjects"] = "objects that exist under the name are taken over, and only fields that others own are refused",
        ["helmReleaseSettings"] = "the embedded engine runs the helm that is installed, with its own settings",
    };

    private static readonly string[] Texts = ["cluster", "clusterIdentifier", "context", "kubeconfig", "namespace"];

    private static readonly string[] Switches =
    [
        "deleteUnreachable", "enableConfigMapMutable", "enablePatchForce", "enableSecretMutable", "enableServerSideApply", "skipUpdateUnreachable",
        "suppressDeprecationWarnings", "suppressHelmHookWarnings",
    ];

    /// <summary>All that is wrong with a configuration; values that are not known yet are taken for good.</summary>
    public static ImmutableArray<CheckFailure> Check(PropertyMap configuration)
    {
        var failures = ImmutableArray.CreateBuilder<CheckFailure>();
        foreach (var (name, value) in configuration)
        {
            if (Problem(name, value.WithoutSecrets()) is { } problem)
            {
                failures.Add(new CheckFailure(name, problem));
            }
        }

        if (failures.Count == 0 && configuration.Find("kubeconfig")?.WithoutSecrets() is PropertyValue.Text { Value.Length: > 0 } text && !configuration.ContainsUnknowns)
        {
            try
            {
                KubeconfigReader.Read(text.Value, Text(configuration, "context"), Text(configuration, "cluster"));
            }
            catch (KubeconfigException exception) when (exception.IsMissing)
            {
                // The program may make it.
            }
            catch (KubeconfigException exception)
            {
                failures.AddRange(exception.Problems.Select(problem => new CheckFailure("kubeconfig", problem)));
            }
        }

        return failures.ToImmutable();
    }

    /// <summary>Reads a configuration that was checked.</summary>
    public static ProviderSettings Read(PropertyMap configuration)
    {
        var limits = Limits(configuration.Find("kubeClientSettings")?.WithoutSecrets());
        var settings = new ProviderSettings();
        return settings with
        {
            Kubeconfig = Text(configuration, "kubeconfig"),
            Context = Text(configuration, "context"),
            Cluster = Text(configuration, "cluster"),
            Namespace = Text(configuration, "namespace"),
            ClusterIdentifier = Text(configuration, "clusterIdentifier"),
            DeleteUnreachable = Switch(configuration, "deleteUnreachable"),
            SkipUpdateUnreachable = Switch(configuration, "skipUpdateUnreachable"),
            EnablePatchForce = Switch(configuration, "enablePatchForce"),
            EnableConfigMapMutable = Switch(configuration, "enableConfigMapMutable"),
            EnableSecretMutable = Switch(configuration, "enableSecretMutable"),
            SuppressDeprecationWarnings = Switch(configuration, "suppressDeprecationWarnings"),
            Limits = settings.Limits with
            {
                RequestsPerSecond = limits.GetValueOrDefault("qps", settings.Limits.RequestsPerSecond),
                Burst = (int)limits.GetValueOrDefault("burst", settings.Limits.Burst),
                Timeout = limits.TryGetValue("timeout", out var seconds) ? TimeSpan.FromSeconds(seconds) : settings.Limits.Timeout,
            },
        };
    }

    private static string? Problem(string name, PropertyValue value)
    {
        if (value is PropertyValue.Unknown or PropertyValue.Null)
        {
            return null;
        }

        if (Refused.TryGetValue(name, out var why))
        {
            return $"is not supported: {why}";
        }

        if (Texts.Contains(name))
        {
            return value is PropertyValue.Text ? null : "must be a string";
        }

        if (name == "kubeClientSettings")
        {
            return ProblemOfLimits(value);
        }

        if (!Switches.Contains(name))
        {
            return $"is no setting of this provider; its settings are {string.Join(", ", Texts.Concat(Switches).Append("kubeClientSettings").Order(StringComparer.Ordinal))}";
        }

        return Flag(value) switch
        {
            null => "must be true or false",
            false when name == "enableServerSideApply" => "must be true: the embedded engine applies objects on the server, and in no other way",
            _ => null,
        };
    }

    private static string? ProblemOfLimits(PropertyValue value)
    {
        var limits = Limits(value);
        var unknown = limits.Keys.Except(["burst", "qps", "timeout"], StringComparer.Ordinal).ToList();
        return unknown.Count > 0 ? $"has no '{string.Join("', '", unknown)}'; it has burst, qps and timeout"
            : limits.Any(limit => !(limit.Value > 0)) ? "burst, qps and timeout must be numbers above zero"
            : null;
    }

    // What is no number is NaN, which the check refuses.
    private static Dictionary<string, double> Limits(PropertyValue? value) => value switch
    {
        PropertyValue.Map map => map.Members.Where(member => member.Value is not PropertyValue.Null)
            .ToDictionary(member => member.Key, member => member.Value is PropertyValue.Number number ? number.Value : double.NaN, StringComparer.Ordinal),
        PropertyValue.Text { Value.Length: > 0 } text => Parse(text.Value),
        null or PropertyValue.Null or PropertyValue.Unknown or PropertyValue.Text => [],
        _ => new Dictionary<string, double>(StringComparer.Ordinal) { ["burst"] = double.NaN },
    };

    private static Dictionary<string, double> Parse(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return json.RootElement.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null).ToDictionary(
                member => member.Name,
                member => member.Value.ValueKind == JsonValueKind.Number ? member.Value.GetDouble()
                    : double.TryParse(member.Value.ToString(), CultureInfo.InvariantCulture, out var number) ? number
                    : double.NaN,
                StringComparer.Ordinal);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new Dictionary<string, double>(StringComparer.Ordinal) { ["burst"] = double.NaN };
        }
    }

    private static string? Text(PropertyMap configuration, string name) =>
        configuration.Find(name)?.WithoutSecrets() is PropertyValue.Text { Value.Length: > 0 } text ? text.Value : null;

    private static bool Switch(PropertyMap configuration, string name) => configuration.Find(name) is { } value && Flag(value.WithoutSecrets()) == true;

    private static bool? Flag(PropertyValue value) => value switch
    {
        PropertyValue.Bool flag => flag.Value,
        PropertyValue.Text { Value: "true" } => true,
        PropertyValue.Text { Value: "false" or "" } => false,
        _ => null,
    };
}
