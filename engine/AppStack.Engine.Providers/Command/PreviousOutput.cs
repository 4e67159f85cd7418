using System.Collections.Immutable;
using AppStack.Engine.Model.Values;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Command;

/// <summary>The variables that give a command the output of the run before it.</summary>
internal static class PreviousOutput
{
    // Linux refuses to start a program when one variable has 128 KiB or more.
    private const int LongestVariable = 120 * 1024;

    public static ImmutableSortedDictionary<string, string> Variables(PropertyMap inputs, PropertyMap oldOutputs)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        if (inputs.Bool("addPreviousOutputInEnv") ?? true)
        {
            Add("PULUMI_COMMAND_STDOUT", "stdout");
            Add("PULUMI_COMMAND_STDERR", "stderr");
        }

        return variables.ToImmutable();

        void Add(string variable, string output)
        {
            if (oldOutputs.Text(output) is { Length: > 0 and < LongestVariable } text)
            {
                variables[variable] = text;
            }
        }
    }
}
