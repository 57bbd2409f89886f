package dev.exposit.graphite;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Looks up a host's addresses; may take as long as it likes. Safe for use by several threads. */
@FunctionalInterface
interface Resolver {
    /** The JDK's own. */
    Resolver SYSTEM = InetAddress::getAllByName;

    /** The addresses of a host, at least one. */
    InetAddress[] addresses(String host) throws UnknownHostException;
}
