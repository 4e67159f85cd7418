using System.Collections.Immutable;
using AppStack.Engine.Model.Values;

namespace AppStack.Engine.Execution;

/// <summary>
/// Marks secrets in what a provider gives back: an output of the same name as a secret input is secret (member by member where both are
/// objects), and so are the outputs that the program named.
/// </summary>
internal static class SecretMarking
{
    public static PropertyMap Apply(PropertyMap outputs, PropertyMap inputs, ImmutableArray<string> additional)
    {
        if (inputs.ContainsSecrets)
        {
            outputs = outputs.Select((name, value) => inputs.Find(name) is { ContainsSecrets: true } input ? Mark(value, input) : value);
        }

        foreach (var name in additional)
        {
            if (outputs.Find(name) is { } value and not PropertyValue.Secret)
            {
                outputs = outputs.With(name, new PropertyValue.Secret(value.WithoutSecrets()));
            }
        }

        return outputs;
    }

    private static PropertyValue Mark(PropertyValue output, PropertyValue input)
    {
        if (output is PropertyValue.Secret)
        {
            return output;
        }

        return (output, input) is (PropertyValue.Map left, PropertyValue.Map right)
            ? PropertyValue.Of(Apply(left.Members, right.Members, []))
            : new PropertyValue.Secret(output.WithoutSecrets());
    }
}
