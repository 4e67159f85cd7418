using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Command;

/// <summary>Forms the outputs of command resources: the inputs, and what the command wrote.</summary>
internal static class CommandResults
{
    /// <summary>Inputs that choose what runs in reply to changes; they are no outputs of the command itself.</summary>
    public static PropertyMap Unknown(PropertyMap inputs) =>
        inputs.With("stdout", PropertyValue.Unknown.Instance).With("stderr", PropertyValue.Unknown.Instance);

    /// <summary>
    /// The outputs after a run. Output in which a secret input occurs is secret too, so that a command that shows what it was given does
    /// not put it into state in clear.
    /// </summary>
    public static PropertyMap Of(PropertyMap inputs, string stdout, string stderr, SecretTexts secrets) =>
        inputs.With("stdout", Text(stdout, secrets)).With("stderr", Text(stderr, secrets));

    /// <summary>Outputs of a run that did not take place because there is no command for it.</summary>
    public static PropertyMap Unchanged(PropertyMap inputs, PropertyMap oldOutputs)
    {
        var outputs = inputs
            .With("stdout", oldOutputs.Find("stdout") ?? PropertyValue.Of(""))
            .With("stderr", oldOutputs.Find("stderr") ?? PropertyValue.Of(""));
        foreach (var name in (ReadOnlySpan<string>)["assets", "archive"])
        {
            outputs = oldOutputs.Find(name) is { } collected ? outputs.With(name, collected) : outputs;
        }

        return outputs;
    }

    /// <summary>What a command wrote without the one line feed that most end with.</summary>
    public static string Trim(string output) => output.EndsWith('\n') ? output[..^1] : output;

    private static PropertyValue Text(string output, SecretTexts secrets)
    {
        var value = PropertyValue.Of(output);
        return secrets.OccurIn(output) ? value.AsSecret() : value;
    }
}
