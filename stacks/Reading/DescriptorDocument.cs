using YamlDotNet.Core;

namespace AppStack.Stacks.Environments.Reading;

/// <summary>The YAML document of a descriptor.</summary>
internal static class DescriptorDocument
{
    /// <summary>Binds a document to a descriptor's type.</summary>
    /// <param name="text">The YAML text.</param>
    /// <param name="problems">Receives what is wrong.</param>
    /// <param name="source">Receives where everything stands.</param>
    /// <param name="example">What an empty file should hold.</param>
    /// <returns>What could be bound; <see langword="null"/> when the text is not such a document at all.</returns>
    public static T? Bind<T>(TextReader text, ProblemList problems, SourceMap source, string example)
        where T : class, new()
    {
        try
        {
            var root = YamlTree.Read(text);
            if (root is not null)
            {
                return new DescriptorBinder(problems, source).Bind<T>(root);
            }

            problems.Add(new SourceMark(1, 1), "", "the file is empty", example);
        }
        catch (YamlException exception)
        {
            problems.Add(new SourceMark((int)exception.Start.Line, (int)exception.Start.Column), "", $"this is not YAML that descriptors use: {exception.Message}");
        }

        return null;
    }
}
